using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>Reads the delivery log.</summary>
internal sealed class DeliveryReading(IDeliveries deliveries)
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    /// <summary>The answer for deliveries that are not there: unknown, pruned, another's.</summary>
    public static readonly ApiError Gone = ErrorCatalog.NotFound("There is no such delivery.");

    /// <summary><c>GET /v1/webhooks/deliveries?endpoint=&amp;job=&amp;status=&amp;after=&amp;limit=</c>: newest first.</summary>
    public async Task<IResult> ListAsync(HttpContext http)
    {
        var mistakes = new Mistakes();
        var reader = new QueryReader(http.Request, mistakes);
        var query = new DeliveryQuery(Caller.Of(http).Tenant, reader.Limit(DefaultLimit, MaxLimit))
        {
            Endpoint = reader.Text("endpoint"),
            Job = reader.Text("job"),
            Status = reader.Choice<DeliveryStatus>("status", SnakeNames.Of),
            After = reader.Text("after"),
        };
        if (mistakes.Any)
        {
            return new ErrorResult(ErrorCatalog.Invalid(mistakes));
        }

        var found = await deliveries.ListAsync(query with { Limit = query.Limit + 1 }, http.RequestAborted);
        return Results.Json(Page.Of(found, query.Limit, DeliveryBody.Of, b => b.Id), ApiJson.Wire.PageBodyDeliveryBody);
    }

    /// <summary><c>GET /v1/webhooks/deliveries/{id}</c>: with every try.</summary>
    public async Task<IResult> FindAsync(HttpContext http, string id)
    {
        if (await deliveries.FindAsync(Caller.Of(http).Tenant, id, http.RequestAborted) is not { } delivery)
        {
            return new ErrorResult(Gone);
        }

        var log = await deliveries.ListAttemptsAsync(id, http.RequestAborted);
        return Results.Json(DeliveryBody.Of(delivery) with { Log = [.. log.Select(DeliveryAttemptBody.Of)] }, ApiJson.Wire.DeliveryBody);
    }
}
