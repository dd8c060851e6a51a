using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>Makes signing secrets, and shows each once.</summary>
internal sealed class SecretRotating(IWebhookEndpoints endpoints, MPilotOptions options, TimeProvider time)
{
    /// <summary>The answer where the tenant has no secret yet.</summary>
    public static readonly ApiError NoSecret = ErrorCatalog.NotFound("There is no default secret yet.");

    /// <summary><c>POST …/endpoints/{id}/rotate</c>.</summary>
    public async Task<IResult> RotateAsync(HttpContext http, string id)
        => await endpoints.FindAsync(Caller.Of(http).Tenant, id, http.RequestAborted) is { } endpoint
            ? await RotateOwnedAsync(endpoint.Tenant, endpoint.Id)
            : new ErrorResult(EndpointReading.Gone);

    /// <summary><c>POST /v1/webhooks/secret</c>: the tenant's own, first or next.</summary>
    public Task<IResult> RotateDefaultAsync(HttpContext http) => RotateOwnedAsync(Caller.Of(http).Tenant, WebhookSecrets.TenantsOwn);

    /// <summary><c>GET /v1/webhooks/secret</c>: whether there is one, never the secret itself.</summary>
    public async Task<IResult> DescribeDefaultAsync(HttpContext http)
        => await endpoints.FindSecretsAsync(Caller.Of(http).Tenant, WebhookSecrets.TenantsOwn, http.RequestAborted) is { } secrets
            ? Results.Json(WebhookSecretBody.Of(secrets, time.GetUtcNow()), ApiJson.Wire.WebhookSecretBody)
            : new ErrorResult(NoSecret);

    private async Task<IResult> RotateOwnedAsync(string tenant, string owner)
    {
        var (secret, now) = (WebhookSecret.New(), time.GetUtcNow());
        await endpoints.RotateAsync(new(tenant, owner, secret, now, now + options.Webhooks.RotationOverlap), CancellationToken.None);
        var secrets = await endpoints.FindSecretsAsync(tenant, owner, CancellationToken.None);
        return Results.Json(WebhookSecretBody.Of(secrets!, now) with { Secret = secret }, ApiJson.Wire.WebhookSecretBody);
    }
}
