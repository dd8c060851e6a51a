using System.Collections.Immutable;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>The answer of <see cref="JobTransitions"/> to a fact.</summary>
/// <param name="Verdict">What became of the fact.</param>
/// <param name="State">The new state; the same instance where nothing is to be stored.</param>
/// <param name="Events">What others may now know, in order.</param>
/// <param name="Reason">For a refused fact: the name of the rule it breaks.</param>
public sealed record Transition(Verdict Verdict, JobState State, ImmutableArray<JobEvent> Events, string? Reason = null);
