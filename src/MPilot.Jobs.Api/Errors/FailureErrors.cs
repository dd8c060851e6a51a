using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Api.Errors;

/// <summary>What a caller is told about a failed job or slot, by kind of failure.</summary>
internal static class FailureErrors
{
    /// <summary>The error a failed or canceled job answers with.</summary>
    public static ApiError Of(JobState job) => Of(job.Failure?.Failure ?? new(FailureKind.Broken));

    /// <summary>Only the messages of <see cref="FailureKind.InvalidInput"/> and <see cref="FailureKind.Refused"/> come from the provider.</summary>
    public static ApiError Of(AttemptFailure failure) => failure.Kind switch
    {
        FailureKind.InvalidInput => new(400, "invalid_value", failure.Message ?? "The provider says the request is wrong."),
        FailureKind.Unsupported => new(400, "unsupported_parameter", "The provider cannot do what the request asks."),
        FailureKind.Refused => new(400, "moderation_blocked", failure.Message ?? "The provider refused the request for safety reasons.")
        {
            Type = "image_generation_user_error",
        },
        FailureKind.Credentials => Upstream(502, "upstream_credentials_exhausted", "No key of the provider was accepted."),
        FailureKind.Quota => Upstream(503, "upstream_quota_exhausted", "No key of the provider has allowance left."),
        FailureKind.RateLimited => Upstream(429, "rate_limited", "The provider asks to slow down.") with { Type = "rate_limit_error" },
        FailureKind.Canceled => new(499, "canceled", "The job was canceled.") { Type = "request_canceled" },
        FailureKind.DeadlineExceeded => Upstream(504, "deadline_exceeded", "The job did not finish before its deadline."),
        FailureKind.TimedOut => Upstream(502, "provider_error", "The provider did not answer in time."),
        FailureKind.Lost => Upstream(502, "provider_error", "Nobody knows how the call to the provider ended."),
        FailureKind.Broken => Upstream(502, "provider_error", "The provider's answer held no usable picture."),
        _ => Upstream(502, "provider_error", "The provider failed."),
    };

    private static ApiError Upstream(int status, string code, string message) => new(status, code, message) { Type = "server_error" };
}
