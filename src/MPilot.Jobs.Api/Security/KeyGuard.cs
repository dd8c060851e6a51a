using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Security;

/// <summary>
/// Finds out who calls, before a byte of the body is read. Where keys are configured every request needs one, unknown paths included; only routes
/// marked as anonymous do not, which have no caller and look at no credentials. A route that tells of all tenants must not be reachable by a key.
/// </summary>
internal sealed class KeyGuard(RequestDelegate next, VirtualKeys keys, TimeProvider time)
{
    public const string Inactive = "The virtual key is inactive.";
    public const string Expired = "The virtual key has expired.";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(http);
        }

        var (caller, refusal) = keys.Any ? Identify(Credentials.Of(http.Request.Headers)) : (Caller.Keyless, null);
        if (refusal is not null)
        {
            return new ErrorResult(refusal).ExecuteAsync(http);
        }

        http.Features.Set(caller);
        return next(http);
    }

    private (Caller? Caller, ApiError? Refusal) Identify(Credentials credentials) => credentials.VirtualKeys switch
    {
        [var secret] => Identify(keys.Find(secret)),
        [] => (null, credentials.HasOther ? ErrorCatalog.NoVirtualKey() : ErrorCatalog.VirtualKeyRequired()),
        _ => (null, ErrorCatalog.TwoCredentials()),
    };

    private (Caller? Caller, ApiError? Refusal) Identify(VirtualKey? key) => key switch
    {
        null => (null, ErrorCatalog.VirtualKeyNotFound()),
        { IsBlocked: true } => (null, ErrorCatalog.VirtualKeyBlocked(Inactive)),
        { ExpiresAt: { } end } when end <= time.GetUtcNow() => (null, ErrorCatalog.VirtualKeyBlocked(Expired)),
        _ => (key.Caller, null),
    };
}
