using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>Reads endpoints: one, or a page of them.</summary>
internal sealed class EndpointReading(IWebhookEndpoints endpoints)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    /// <summary>The answer for endpoints that are not there: unknown, deleted, another's.</summary>
    public static readonly ApiError Gone = ErrorCatalog.NotFound("There is no such webhook endpoint.");

    /// <summary><c>GET /v1/webhooks/endpoints/{id}</c>.</summary>
    public async Task<IResult> FindAsync(HttpContext http, string id)
        => await endpoints.FindAsync(Caller.Of(http).Tenant, id, http.RequestAborted) is { } endpoint
            ? Results.Json(WebhookEndpointBody.Of(endpoint), ApiJson.Wire.WebhookEndpointBody)
            : new ErrorResult(Gone);

    /// <summary><c>GET /v1/webhooks/endpoints?after=&amp;limit=</c>: newest first.</summary>
    public async Task<IResult> ListAsync(HttpContext http)
    {
        var mistakes = new Mistakes();
        var query = new QueryReader(http.Request, mistakes);
        var (limit, after) = (query.Limit(DefaultLimit, MaxLimit), query.Text("after"));
        if (mistakes.Any)
        {
            return new ErrorResult(ErrorCatalog.Invalid(mistakes));
        }

        var found = await endpoints.ListAsync(Caller.Of(http).Tenant, after, limit + 1, http.RequestAborted);
        return Results.Json(Page.Of(found, limit, WebhookEndpointBody.Of, b => b.Id), ApiJson.Wire.PageBodyWebhookEndpointBody);
    }
}
