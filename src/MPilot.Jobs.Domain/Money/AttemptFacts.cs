using MPilot.Jobs.Domain.Attempts;

namespace MPilot.Jobs.Domain.Money;

/// <summary>What is known of an attempt that ended, as far as prices hang on it.</summary>
/// <param name="Call">What was sent.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Duration">How long it took; <c>null</c> where nobody measured.</param>
public sealed record AttemptFacts(CallFacts Call, AttemptOutcome Outcome, TimeSpan? Duration);
