using System.Globalization;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Api.Errors;

/// <summary>Every error the front itself can answer with. Errors of jobs are in <see cref="FailureErrors"/>.</summary>
internal static class ErrorCatalog
{
    public const string ModelNotFoundCode = "model_not_found";

    public const string InvalidImageFileCode = "invalid_image_file";

    private static readonly TimeSpan StoreRecovery = TimeSpan.FromSeconds(5);

    public const string ModelBlockedCode = "model_blocked";

    public const string ProviderBlockedCode = "provider_blocked";

    /// <summary>A request with mistakes: 403 where its caller may not use a model, 404 where an unknown model is the only one, else 400.</summary>
    public static ApiError Invalid(Mistakes mistakes)
    {
        var all = mistakes.All;
        if (all.Where(m => m.Code is ModelBlockedCode or ProviderBlockedCode).ToList() is { Count: > 0 } blocked)
        {
            // Whoever may not ask is not told what else would be wrong.
            return Of(403, blocked);
        }

        return Of(all is [{ Code: ModelNotFoundCode }] ? 404 : 400, all);
    }

    private static ApiError Of(int status, IReadOnlyList<FieldMistake> all)
    {
        var first = all[0];
        return new(status, first.Code, first.Message) { Type = first.Type, Param = first.Param, Errors = [.. all] };
    }

    /// <summary>No step of the chain can do what the edit asks.</summary>
    public static ApiError NothingCanDo(IEnumerable<Step> chain)
    {
        var mistakes = new Mistakes();
        foreach (var step in chain)
        {
            foreach (var row in step.Skipped)
            {
                mistakes.Unsupported(row.Parameter, string.Create(CultureInfo.InvariantCulture, $"{step}: {row.Message ?? "not supported"}"));
            }
        }

        return Invalid(mistakes);
    }

    public static ApiError InvalidValue(string param, string message) => new(400, "invalid_value", message) { Param = param };

    public static ApiError InvalidMultipart(string message) => new(400, "invalid_multipart", message);

    public static ApiError InvalidJson(string message) => new(400, "invalid_json", message);

    public static ApiError UnsupportedMediaType()
        => new(415, "unsupported_media_type", "The request content type must be multipart/form-data or application/json.");

    public static ApiError UnsupportedCharset() => new(415, "unsupported_media_type", "JSON must come in UTF-8.");

    public static ApiError FileGone(string param)
        => new(400, InvalidImageFileCode, $"The file that {param} refers to was deleted meanwhile.") { Param = param };

    public static ApiError BodyTooLarge(string? param, string message) => new(413, "body_too_large", message) { Param = param };

    public static ApiError PictureTooLarge(string param, long limit) => BodyTooLarge(param, $"{param} is larger than {limit} bytes.");

    public static ApiError TextTooLarge(string param)
        => BodyTooLarge(param, $"A text field may have at most {FormLimits.TextBytes} bytes, all together {FormLimits.AllTextBytes}.");

    public static ApiError NotFound(string message) => new(404, "not_found", message);

    public static ApiError ModelNotFound() => new(404, ModelNotFoundCode, "There is no such model; GET /v1/models lists those that are known by name.") { Param = "model" };

    public static ApiError MethodNotAllowed() => new(405, "method_not_allowed", "This path does not take that method.");

    /// <summary>What was asked for is under way already.</summary>
    public static ApiError DeliveryPending() => new(409, "delivery_pending", "The delivery is pending already.");

    public static ApiError EndpointDisabled() => new(409, "endpoint_disabled", "The endpoint is disabled: enable it first.");

    public static ApiError KeyReused()
        => new(422, "idempotency_key_reused", "The idempotency key was used before with another request.") { Param = "Idempotency-Key" };

    public static ApiError OriginNotAllowed()
        => new(403, "origin_not_allowed", "Web pages of other origins may not call this service.") { Type = "permission_error" };

    public static ApiError HostNotAllowed()
        => new(403, "host_not_allowed", "Without configured keys the service answers only under a loopback host name.") { Type = "permission_error" };

    public static ApiError VirtualKeyRequired()
        => Credential(401, "virtual_key_required", "A virtual key is required. Send it in the x-bf-vk header or as Authorization: Bearer.");

    /// <summary>There is a credential, but not of a kind that is known here.</summary>
    public static ApiError NoVirtualKey()
        => Credential(401, "invalid_token", "The credential is no virtual key: those begin with sk-bf-. Send one in the x-bf-vk header or as Authorization: Bearer.");

    public static ApiError TwoCredentials() => Credential(401, "invalid_token", "The request has two different virtual keys.");

    public static ApiError VirtualKeyNotFound() => Credential(403, "virtual_key_not_found", "The virtual key does not exist.");

    public static ApiError VirtualKeyBlocked(string message) => Credential(403, "virtual_key_blocked", message);

    public static ApiError MetricsNotAllowed()
        => new(403, "metrics_not_allowed", "The metrics are for this machine only, and not through a proxy.") { Type = "permission_error" };

    public static ApiError InvalidSignature()
        => new(403, "invalid_signature", "The link is incomplete or was changed.") { Type = "permission_error" };

    public static ApiError ResultExpired(string message = "The pictures of this job have expired.") => new(410, "result_expired", message);

    public static ApiError Unreadable(int status)
        => new(status is >= 400 and < 500 and not 408 and not 409 ? status : 400, "invalid_request", "The request cannot be read.");

    /// <summary>The job outlived the wait of its caller; asking again attaches to it.</summary>
    public static ApiError StillRunning(Uri job)
        => new(504, "job_still_running", $"The job is still running; see {job}.")
        {
            Type = "server_error", ShouldRetry = true, RetryAfter = TimeSpan.FromSeconds(1),
        };

    /// <summary>Nothing was accepted, and that may be different in a moment.</summary>
    public static ApiError Overloaded()
        => new(503, "overloaded", "The service cannot store anything at the moment.")
        {
            Type = "server_error", ShouldRetry = null, RetryAfter = StoreRecovery, IsGatewayFault = true,
        };

    /// <summary>Nothing was accepted: the process is on its way out, and another will answer.</summary>
    public static ApiError Stopping()
        => new(503, "overloaded", "The service is stopping.") { Type = "server_error", ShouldRetry = null, RetryAfter = StoreRecovery };

    /// <summary>Nothing was accepted: too many jobs wait for the provider already.</summary>
    public static ApiError LineFull(TimeSpan retryAfter)
        => new(503, "overloaded", "Too many edits wait for this provider already.") { Type = "server_error", ShouldRetry = null, RetryAfter = retryAfter };

    public static ApiError Internal(bool afterAcceptance)
        => new(500, "internal_error", "The service failed unexpectedly.")
        {
            Type = "server_error", ShouldRetry = afterAcceptance ? false : null, IsGatewayFault = true,
        };

    /// <summary>Clients of Bifrost look for the reason in the type.</summary>
    private static ApiError Credential(int status, string code, string message) => new(status, code, message) { Type = code };
}
