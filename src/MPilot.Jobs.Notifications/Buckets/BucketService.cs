using System.Collections.Immutable;

using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Notifications.Lanes;

namespace MPilot.Jobs.Notifications.Buckets;

/// <summary>Brings the pictures of final jobs to the buckets of their callers. One that is brought again overwrites itself.</summary>
public sealed partial class BucketService(
    IBucketPuts puts, BucketSender sender, DueSignal<BucketPut> signal, IDeliverySignal webhooks, NodeIdentity node, BucketsOptions options,
    IRandomness randomness, JobsInstruments instruments, TimeProvider time, ILogger<BucketService> logger)
    : LaneService<BucketPut>(puts, signal, node, LaneTerms.Of(options), time, logger)
{
    private readonly ImmutableArray<TimeSpan> _schedule = options.Schedule.Count > 0 ? [.. options.Schedule] : BucketRules.StandardSchedule;

    protected override string IdOf(BucketPut item) => item.Id;

    protected override Task<DeliveryTry> TryAsync(BucketPut item) => sender.TryAsync(item, CancellationToken.None);

    protected override Func<Task> Judge(BucketPut item, DeliveryTry tried)
    {
        var move = BucketRules.After(tried, DeliveryRules.Wait(item.Attempts + 1, tried.RetryAfter, _schedule, randomness.NextUnit()), item.Until);
        return async () =>
        {
            if (await puts.RecordAsync(new(item, Node.Node, Node.Epoch, tried, move), CancellationToken.None))
            {
                Tell(item, tried, move);
            }
        };
    }

    private void Tell(BucketPut put, DeliveryTry tried, BucketMove move)
    {
        instruments.OnPutTried(tried, move.Status);
        if (move.Status == BucketPutStatus.Failed)
        {
            LogGivenUp(put.Job, put.Slot, tried.Outcome);
        }

        if (move.Status != BucketPutStatus.Pending)
        {
            // There may be webhooks that tell of it.
            webhooks.Due();
        }
    }
}
