using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>Changes endpoints, and deletes them.</summary>
internal sealed class EndpointChanging(IWebhookEndpoints endpoints, IDeliverySignal signal, MPilotOptions options, TimeProvider time)
{
    /// <summary><c>POST /v1/webhooks/endpoints/{id}</c>: what the body does not name stays.</summary>
    public async Task<IResult> UpdateAsync(HttpContext http, string id)
    {
        var mistakes = new Mistakes();
        var (members, refusal) = await JsonObjectReader.ReadAsync(http.Request, mistakes);
        if (members is null)
        {
            return new ErrorResult(refusal!);
        }

        if (await FindAsync(http, id) is not { } endpoint)
        {
            return new ErrorResult(EndpointReading.Gone);
        }

        var changed = WebhookFields.Read(members, endpoint, options.Webhooks, mistakes);
        return mistakes.Any ? new ErrorResult(ErrorCatalog.Invalid(mistakes)) : await StoreAsync(changed);
    }

    /// <summary><c>POST …/{id}/enable</c>: what waits for it goes on.</summary>
    public async Task<IResult> EnableAsync(HttpContext http, string id)
        => await FindAsync(http, id) is { } endpoint
            ? await StoreAsync(endpoint with { DisabledAt = null, DisabledAsGone = false })
            : new ErrorResult(EndpointReading.Gone);

    /// <summary><c>POST …/{id}/disable</c>: nothing is brought to it until it is enabled.</summary>
    public async Task<IResult> DisableAsync(HttpContext http, string id)
        => await FindAsync(http, id) is { } endpoint
            ? await StoreAsync(endpoint with { DisabledAt = endpoint.DisabledAt ?? time.GetUtcNow() })
            : new ErrorResult(EndpointReading.Gone);

    /// <summary><c>DELETE /v1/webhooks/endpoints/{id}</c>.</summary>
    public async Task<IResult> DeleteAsync(HttpContext http, string id)
        => await endpoints.DeleteAsync(Caller.Of(http).Tenant, id, CancellationToken.None)
            ? Results.Json(new WebhookEndpointDeletedBody(id), ApiJson.Wire.WebhookEndpointDeletedBody)
            : new ErrorResult(EndpointReading.Gone);

    private Task<WebhookEndpoint?> FindAsync(HttpContext http, string id) => endpoints.FindAsync(Caller.Of(http).Tenant, id, http.RequestAborted);

    private async Task<IResult> StoreAsync(WebhookEndpoint endpoint)
    {
        switch (await endpoints.UpdateAsync(endpoint, CancellationToken.None))
        {
            case EndpointAnswer.Stored:
                signal.Due();
                return Results.Json(WebhookEndpointBody.Of(endpoint), ApiJson.Wire.WebhookEndpointBody);
            case EndpointAnswer.NameTaken:
                return new ErrorResult(ErrorCatalog.InvalidValue(WebhookFields.Name, WebhookFields.NameTaken));
            default:
                return new ErrorResult(EndpointReading.Gone);
        }
    }
}
