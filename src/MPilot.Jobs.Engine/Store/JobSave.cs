using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Store;

/// <summary>One transition: state, events with their outbox rows, attempts and artifact references, all or nothing.</summary>
/// <param name="State">The new state; stored only if the stored version is one less.</param>
/// <param name="Events">What the transition raised, in order.</param>
/// <param name="Adopt">Ids of artifacts the job keeps alive from now on.</param>
/// <param name="KeepUntil">Set when the job became final: all its artifact references end then.</param>
public sealed record JobSave(JobState State, ImmutableArray<JobEvent> Events, ImmutableArray<string> Adopt, DateTimeOffset? KeepUntil)
{
    /// <summary>Set where a call is about to be sent under a gate that moves: stored only while that epoch is the gate's newest.</summary>
    public GateFence? Fence { get; init; }
}
