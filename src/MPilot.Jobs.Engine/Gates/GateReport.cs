using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>How a call under a lease went, for the key's breaker and cool-down.</summary>
/// <param name="Failure">How it failed; <c>null</c>: it did not, or not by the provider's doing.</param>
/// <param name="RetryAfter">How long the provider asked to wait.</param>
public sealed record GateReport(FailureKind? Failure, TimeSpan? RetryAfter);
