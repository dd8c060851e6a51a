using System.Collections.Immutable;

using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Notifications.Lanes;

namespace MPilot.Jobs.Notifications.Webhooks;

/// <summary>Brings webhooks. One that is brought again comes under the same id.</summary>
public sealed partial class DeliveryService(
    IDeliveries deliveries, WebhookSender sender, DueSignal<Delivery> signal, NodeIdentity node, WebhooksOptions options, IRandomness randomness,
    JobsInstruments instruments, TimeProvider time, ILogger<DeliveryService> logger)
    : LaneService<Delivery>(deliveries, signal, node, LaneTerms.Of(options), time, logger)
{
    private readonly ImmutableArray<TimeSpan> _schedule = options.Schedule.Count > 0 ? [.. options.Schedule] : DeliveryRules.StandardSchedule;

    protected override string IdOf(Delivery item) => item.Id;

    protected override Task<DeliveryTry> TryAsync(Delivery item) => sender.TryAsync(item, CancellationToken.None);

    protected override Func<Task> Judge(Delivery item, DeliveryTry tried)
    {
        var move = DeliveryRules.After(item.Tries + 1, tried, _schedule, randomness.NextUnit());
        return async () =>
        {
            if (await deliveries.RecordAsync(new(item, Node.Node, Node.Epoch, tried, move), CancellationToken.None))
            {
                Tell(item, tried, move);
            }
        };
    }

    private void Tell(Delivery delivery, DeliveryTry tried, DeliveryMove move)
    {
        instruments.OnDeliveryTried(tried, move.Status);
        if (move.Status == DeliveryStatus.Exhausted)
        {
            LogExhausted(delivery.Id, delivery.Endpoint, tried.Outcome);
        }

        if (move.DisablesEndpoint && delivery.Endpoint is { } endpoint)
        {
            LogEndpointGone(endpoint);
        }
    }
}
