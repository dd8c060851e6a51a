using System.Globalization;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary><c>POST /v1/webhooks/endpoints</c>: registers an endpoint, and shows its secret this once.</summary>
internal sealed class EndpointRegistering(IWebhookEndpoints endpoints, MPilotOptions options, Ids ids, TimeProvider time)
{
    public async Task<IResult> RegisterAsync(HttpContext http)
    {
        var mistakes = new Mistakes();
        var (members, refusal) = await JsonObjectReader.ReadAsync(http.Request, mistakes);
        if (members is null)
        {
            return new ErrorResult(refusal!);
        }

        var endpoint = WebhookFields.Read(members, New(http), options.Webhooks, mistakes);
        if (endpoint.Url.Length == 0 && !mistakes.Has(WebhookFields.Url))
        {
            mistakes.Missing(WebhookFields.Url, "url is required");
        }

        return mistakes.Any ? new ErrorResult(ErrorCatalog.Invalid(mistakes)) : await AddAsync(http, endpoint);
    }

    private WebhookEndpoint New(HttpContext http)
    {
        var id = ids.NewWebhookEndpoint();
        return new()
        {
            Id = id, Tenant = Caller.Of(http).Tenant, Name = id, Url = "", Events = WebhookEvents.Endings, CreatedAt = time.GetUtcNow(),
        };
    }

    private async Task<IResult> AddAsync(HttpContext http, WebhookEndpoint endpoint)
    {
        var secret = WebhookSecret.New();
        var answer = await endpoints.AddAsync(endpoint, secret, options.Webhooks.MaxEndpoints, CancellationToken.None);
        if (answer == EndpointAnswer.Stored)
        {
            http.Response.Headers.Location = $"{WebhookRoutes.Endpoints}/{endpoint.Id}";
            return Results.Json(
                WebhookEndpointBody.Of(endpoint) with { Secret = secret }, ApiJson.Wire.WebhookEndpointBody, statusCode: StatusCodes.Status201Created);
        }

        return new ErrorResult(answer == EndpointAnswer.NameTaken
            ? ErrorCatalog.InvalidValue(WebhookFields.Name, WebhookFields.NameTaken)
            : new(400, "too_many_endpoints", string.Create(CultureInfo.InvariantCulture, $"There may be at most {options.Webhooks.MaxEndpoints} endpoints.")));
    }
}
