using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>Why a job failed, as the caller is told.</summary>
/// <param name="Failure">The deciding failure.</param>
/// <param name="Attempt">The attempt it came from, or <c>null</c> for the service's own (deadline, cancel).</param>
public sealed record JobFailure(AttemptFailure Failure, int? Attempt = null);
