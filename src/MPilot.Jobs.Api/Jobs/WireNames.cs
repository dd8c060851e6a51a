using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>How states and kinds are written in answers.</summary>
internal static class WireNames
{
    public static string Of(JobStatus status) => status switch
    {
        JobStatus.Queued => "queued",
        JobStatus.Running => "running",
        JobStatus.Waiting => "waiting",
        JobStatus.Succeeded => "succeeded",
        JobStatus.Failed => "failed",
        JobStatus.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Of(AttemptStatus status) => status switch
    {
        AttemptStatus.Intended => "intended",
        AttemptStatus.Sending or AttemptStatus.Accepted => "in_flight",
        AttemptStatus.Succeeded => "succeeded",
        AttemptStatus.Failed => "failed",
        AttemptStatus.Canceled => "canceled",
        AttemptStatus.Lost => "lost",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Of(FailureKind kind) => kind switch
    {
        FailureKind.Transient => "transient",
        FailureKind.RateLimited => "rate_limited",
        FailureKind.Credentials => "credentials",
        FailureKind.Quota => "quota",
        FailureKind.TimedOut => "timed_out",
        FailureKind.InvalidInput => "invalid_input",
        FailureKind.Unsupported => "unsupported",
        FailureKind.Refused => "refused",
        FailureKind.Broken => "broken",
        FailureKind.Lost => "lost",
        FailureKind.Canceled => "canceled",
        FailureKind.DeadlineExceeded => "deadline_exceeded",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
