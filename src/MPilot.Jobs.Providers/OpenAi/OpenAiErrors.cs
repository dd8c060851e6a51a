using System.Collections.Frozen;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Providers.Failures;

namespace MPilot.Jobs.Providers.OpenAi;

/// <summary>Says in our words how a call failed.</summary>
/// <param name="host">The host called: taken out of every message.</param>
/// <param name="time">For waits given as a date.</param>
internal sealed class OpenAiErrors(string host, TimeProvider time)
{
    private static readonly FrozenSet<string> Moderated = Set(
        "moderation_blocked", "content_policy_violation", "image_generation_user_error", "contentFilter", "content_filter",
        "ResponsibleAIPolicyViolation", "content_safety_violation");

    private static readonly FrozenSet<string> Exhausted = Set("insufficient_quota", "billing_hard_limit_reached", "project_spend_limit_exceeded");

    private static readonly FrozenSet<string> Unknown = Set(
        "unknown_parameter", "unsupported_parameter", "invalid_input_fidelity_model", "model_not_found", "DeploymentNotFound");

    private static readonly FrozenSet<string> Unauthorized = Set("invalid_api_key");

    /// <summary>The host called.</summary>
    public string Host => host;

    /// <summary>The failure an error response means.</summary>
    public async Task<AttemptFailure> ReadAsync(HttpResponseMessage response, string secret, CancellationToken cancellationToken)
        => Of((int)response.StatusCode, await BodyAsync(response, cancellationToken), secret, RetryAfter.Of(response.Headers, time.GetUtcNow()));

    /// <summary>The failure a status and a body mean.</summary>
    public AttemptFailure Of(int status, OpenAiErrorBody body, string secret, TimeSpan? retryAfter = null)
        => new(Kind(status, body), status, ErrorCode.Of(body.Code ?? body.InnerCode ?? body.Type), ProviderMessage.Scrub(body.Message, secret, host), retryAfter);

    private static Task<OpenAiErrorBody> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
        => ErrorBeginning.ReadAsync(response, OpenAiErrorBody.Parse, OpenAiErrorBody.None, cancellationToken);

    private static FailureKind Kind(int status, OpenAiErrorBody body) => status switch
    {
        >= 500 or 408 or 409 or 424 or 425 => FailureKind.Transient,
        402 => FailureKind.Quota,
        _ when body.IsAnyOf(Exhausted) => FailureKind.Quota,
        429 => FailureKind.RateLimited,
        _ when body.IsAnyOf(Moderated) => FailureKind.Refused,
        _ when body.IsAnyOf(Unauthorized) => FailureKind.Credentials,
        401 or 403 => FailureKind.Credentials,
        _ when body.IsAnyOf(Unknown) => FailureKind.Unsupported,
        404 or 405 or 410 => FailureKind.Unsupported,
        >= 400 => FailureKind.InvalidInput,
        _ => FailureKind.Broken,
    };

    private static FrozenSet<string> Set(params string[] codes) => codes.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
