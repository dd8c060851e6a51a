using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>How a call under a lease went, for the key's breaker and cool-down.</summary>
/// <param name="Failure">
/// How it failed; <c>null</c>: the provider did its part. <c>Canceled</c>, <c>DeadlineExceeded</c> and <c>Lost</c> say nothing about the provider.
/// </param>
/// <param name="RetryAfter">How long the provider asked to wait.</param>
public sealed record GateReport(FailureKind? Failure, TimeSpan? RetryAfter);
