using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Json;
using MPilot.Jobs.Api.Requests;
using MPilot.Jobs.Api.Security;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>Starts deliveries by hand.</summary>
internal sealed class Redelivering(IDeliveries deliveries, IWebhookEndpoints endpoints, IDeliverySignal signal, TimeProvider time)
{
    public const string Since = "since";
    public const string Endpoint = "endpoint";

    /// <summary><c>POST /v1/webhooks/deliveries/{id}/redeliver</c>: with the whole schedule before it once more.</summary>
    public async Task<IResult> OneAsync(HttpContext http, string id)
    {
        var tenant = Caller.Of(http).Tenant;
        switch (await deliveries.RedeliverAsync(tenant, id, time.GetUtcNow(), CancellationToken.None))
        {
            case RedeliverAnswer.Pending when await deliveries.FindAsync(tenant, id, http.RequestAborted) is { } delivery:
                return Accepted(delivery);
            case RedeliverAnswer.PendingAlready:
                return new ErrorResult(ErrorCatalog.DeliveryPending());
            default:
                return new ErrorResult(DeliveryReading.Gone);
        }
    }

    /// <summary><c>POST /v1/webhooks/deliveries/redeliver</c>: all that were given up since then.</summary>
    public async Task<IResult> FailedAsync(HttpContext http)
    {
        var mistakes = new Mistakes();
        var (members, refusal) = await JsonObjectReader.ReadAsync(http.Request, mistakes);
        if (members is null)
        {
            return new ErrorResult(refusal!);
        }

        members.RefuseOthers(Since, Endpoint);
        var (since, endpoint, tenant) = (members.Moment(Since), members.Text(Endpoint), Caller.Of(http).Tenant);
        if (since is null && !mistakes.Has(Since))
        {
            mistakes.Missing(Since, "since is required");
        }

        if (mistakes.Any)
        {
            return new ErrorResult(ErrorCatalog.Invalid(mistakes));
        }

        if (endpoint is not null && await endpoints.FindAsync(tenant, endpoint, http.RequestAborted) is null)
        {
            return new ErrorResult(EndpointReading.Gone);
        }

        var count = await deliveries.RedeliverAsync(new FailedDeliveries(tenant, endpoint, since!.Value), time.GetUtcNow(), CancellationToken.None);
        signal.Due();
        return Results.Json(new RedeliveryBody(count), ApiJson.Wire.RedeliveryBody, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary><c>POST /v1/webhooks/endpoints/{id}/test</c>: an event that is about nothing.</summary>
    public async Task<IResult> TestAsync(HttpContext http, string id)
    {
        if (await endpoints.FindAsync(Caller.Of(http).Tenant, id, http.RequestAborted) is not { } endpoint)
        {
            return new ErrorResult(EndpointReading.Gone);
        }

        if (endpoint.DisabledAt is not null)
        {
            return new ErrorResult(ErrorCatalog.EndpointDisabled());
        }

        var delivery = DeliveryPlan.Test(endpoint, time.GetUtcNow());
        await deliveries.AddAsync(delivery, CancellationToken.None);
        return Accepted(delivery);
    }

    private IResult Accepted(Delivery delivery)
    {
        signal.Due();
        return Results.Json(DeliveryBody.Of(delivery), ApiJson.Wire.DeliveryBody, statusCode: StatusCodes.Status202Accepted);
    }
}
