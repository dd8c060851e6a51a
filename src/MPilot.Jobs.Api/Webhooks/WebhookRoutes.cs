using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using MPilot.Jobs.Api.Documentation;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>The resources below <c>/v1/webhooks</c>.</summary>
internal static class WebhookRoutes
{
    public const string Endpoints = "/v1/webhooks/endpoints";
    public const string Deliveries = "/v1/webhooks/deliveries";
    public const string Secret = "/v1/webhooks/secret";

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Endpoints, (HttpContext http, EndpointRegistering registering) => registering.RegisterAsync(http)).With(WebhookDocs.Register);
        routes.MapGet(Endpoints, (HttpContext http, EndpointReading reading) => reading.ListAsync(http)).With(WebhookDocs.ListEndpoints);
        var endpoint = routes.MapGroup(Endpoints + "/{id}");
        endpoint.MapGet("", (HttpContext http, string id, EndpointReading reading) => reading.FindAsync(http, id)).With(WebhookDocs.GetEndpoint);
        endpoint.MapPost("", (HttpContext http, string id, EndpointChanging changing) => changing.UpdateAsync(http, id)).With(WebhookDocs.Update);
        endpoint.MapDelete("", (HttpContext http, string id, EndpointChanging changing) => changing.DeleteAsync(http, id)).With(WebhookDocs.Delete);
        endpoint.MapPost("/enable", (HttpContext http, string id, EndpointChanging changing) => changing.EnableAsync(http, id)).With(WebhookDocs.Enable);
        endpoint.MapPost("/disable", (HttpContext http, string id, EndpointChanging changing) => changing.DisableAsync(http, id)).With(WebhookDocs.Disable);
        endpoint.MapPost("/rotate", (HttpContext http, string id, SecretRotating rotating) => rotating.RotateAsync(http, id)).With(WebhookDocs.Rotate);
        endpoint.MapPost("/test", (HttpContext http, string id, Redelivering redelivering) => redelivering.TestAsync(http, id)).With(WebhookDocs.Test);
        routes.MapPost(Secret, (HttpContext http, SecretRotating rotating) => rotating.RotateDefaultAsync(http)).With(WebhookDocs.RotateDefault);
        routes.MapGet(Secret, (HttpContext http, SecretRotating rotating) => rotating.DescribeDefaultAsync(http)).With(WebhookDocs.DescribeDefault);
        routes.MapGet(Deliveries, (HttpContext http, DeliveryReading reading) => reading.ListAsync(http)).With(WebhookDocs.ListDeliveries);
        routes.MapPost(Deliveries + "/redeliver", (HttpContext http, Redelivering redelivering) => redelivering.FailedAsync(http)).With(WebhookDocs.RedeliverFailed);
        routes.MapGet(Deliveries + "/{id}", (HttpContext http, string id, DeliveryReading reading) => reading.FindAsync(http, id)).With(WebhookDocs.GetDelivery);
        routes.MapPost(Deliveries + "/{id}/redeliver", (HttpContext http, string id, Redelivering redelivering) => redelivering.OneAsync(http, id))
            .With(WebhookDocs.Redeliver);
    }
}
