using System.Collections.Immutable;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Webhooks;

/// <summary>
/// Brings deliveries: claims what is due under the node's epoch, posts it, records how that went. Several nodes may do so on one store. A crash in
/// between brings a delivery again, under the same id: at least once.
/// </summary>
public sealed partial class DeliveryService(
    IDeliveries deliveries, WebhookSender sender, DeliverySignal signal, NodeIdentity node, WebhooksOptions options, IRandomness randomness,
    JobsInstruments instruments, TimeProvider time, ILogger<DeliveryService> logger)
    : BackgroundService
{
    /// <summary>How long it goes without looking when nobody wakes it. 1 s.</summary>
    public static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    /// <summary>How far apart two looks are at least, however often it is woken. 50 ms.</summary>
    public static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How often it looks for what nodes left that are gone. 15 s.</summary>
    public static readonly TimeSpan ReleaseInterval = TimeSpan.FromSeconds(15);

    /// <summary>How long it waits before it asks a store again that is away. 1 s.</summary>
    public static readonly TimeSpan StoreRetryInterval = TimeSpan.FromSeconds(1);

    private const int PageSize = 256;

    private readonly ReceiverLanes _lanes = new(options);
    private readonly ImmutableArray<TimeSpan> _schedule = options.Schedule.Count > 0 ? [.. options.Schedule] : DeliveryRules.StandardSchedule;
    private readonly HashSet<Task> _running = [];
    private DateTimeOffset _releaseAt;
    private string _last = "";

    private int InFlight
    {
        get
        {
            lock (_running)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>Begins nothing more; what is being brought may end, as long as the host allows. What is broken off then is brought again later.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Task[] running;
        lock (_running)
        {
            running = [.. _running];
        }

        try
        {
            await Task.WhenAll(running).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogStoppedWithCallsOut(running.Length);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogLookFailed(failure);
            }

            if (await signal.WaitAsync(IdleInterval, time, stoppingToken))
            {
                await Task.Delay(LeastInterval, time, stoppingToken);
            }
        }
    }

    /// <summary>Goes round all receivers that something is due for. Where all places are taken, the next look goes on from there.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (node.Epoch == 0)
        {
            return;
        }

        await ReleaseAsync(cancellationToken);
        while (await deliveries.ListDueTargetsAsync(time.GetUtcNow(), _last, PageSize, cancellationToken) is { Count: > 0 } targets)
        {
            foreach (var target in targets)
            {
                if (InFlight >= options.MaxInFlight)
                {
                    return;
                }

                await ServeAsync(target, cancellationToken);
                _last = target;
            }
        }

        _last = "";
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _releaseAt)
        {
            return;
        }

        if (await deliveries.ReleaseOrphanedAsync(cancellationToken) is > 0 and var count)
        {
            LogReleased(count);
        }

        _lanes.Forget(now);
        _releaseAt = now + ReleaseInterval;
    }

    private async Task ServeAsync(string target, CancellationToken cancellationToken)
    {
        var lane = _lanes.To(target);
        if (lane.FailsDueBy is { } due)
        {
            await FailAsync(await ClaimAsync(target, PageSize, due, cancellationToken), cancellationToken);
        }

        var now = time.GetUtcNow();
        var free = Math.Min(lane.FreeAt(now), options.MaxInFlight - InFlight);
        if (free <= 0)
        {
            return;
        }

        foreach (var delivery in await ClaimAsync(target, free, dueBy: null, cancellationToken))
        {
            lane.Begin(delivery.Id, now);
            Start(BringAsync(delivery, lane, cancellationToken));
        }
    }

    private Task<IReadOnlyList<Delivery>> ClaimAsync(string target, int limit, DateTimeOffset? dueBy, CancellationToken cancellationToken)
        => deliveries.ClaimAsync(new(target, node.Node, node.Epoch, time.GetUtcNow(), limit) { DueBy = dueBy }, cancellationToken);

    /// <summary>A probe of their receiver failed for all of these.</summary>
    private Task FailAsync(IReadOnlyList<Delivery> claimed, CancellationToken cancellationToken)
        => Task.WhenAll(claimed.Select(d => RecordAsync(d, new(time.GetUtcNow(), TimeSpan.Zero, DeliveryOutcome.ReceiverFailing), cancellationToken)));

    private void Start(Task bringing)
    {
        lock (_running)
        {
            _running.Add(bringing);
        }

        _ = ForgetAsync(bringing);
    }

    private async Task ForgetAsync(Task bringing)
    {
        await bringing;
        lock (_running)
        {
            _running.Remove(bringing);
        }

        // Its place is free, and the next of its job may go.
        signal.Due();
    }

    private async Task BringAsync(Delivery delivery, ReceiverLane lane, CancellationToken cancellationToken)
    {
        // The look goes on while this one connects.
        await Task.Yield();
        try
        {
            await RecordAsync(delivery, await TryAsync(delivery, lane, cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Told to stop while the store was away: it is brought again later.
        }
        catch (Exception failure)
        {
            LogTryFaulted(failure, delivery.Id);
        }
    }

    private async Task<DeliveryTry> TryAsync(Delivery delivery, ReceiverLane lane, CancellationToken cancellationToken)
    {
        DeliveryTry? tried = null;
        try
        {
            return tried = await TryAsync(delivery, cancellationToken);
        }
        finally
        {
            lane.End(delivery.Id, tried);
        }
    }

    private async Task<DeliveryTry> TryAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // A call that is out when the service is told to stop may still be answered.
                return await sender.TryAsync(delivery, CancellationToken.None);
            }
            catch (StoreUnavailableException failure)
            {
                LogStoreAway(failure, delivery.Id);
                await Task.Delay(StoreRetryInterval, time, cancellationToken);
            }
            catch (Exception failure)
            {
                LogTryFaulted(failure, delivery.Id);
                return new(time.GetUtcNow(), TimeSpan.Zero, DeliveryOutcome.Faulted);
            }
        }
    }

    /// <summary>However long the store is away: a claim that is forgotten would hold its delivery until this process ends.</summary>
    private async Task RecordAsync(Delivery delivery, DeliveryTry tried, CancellationToken cancellationToken)
    {
        var move = DeliveryRules.After(delivery.Tries + 1, tried, _schedule, randomness.NextUnit());
        while (true)
        {
            try
            {
                if (await deliveries.RecordAsync(new(delivery, node.Node, node.Epoch, tried, move), CancellationToken.None))
                {
                    Tell(delivery, tried, move);
                }

                return;
            }
            catch (StoreUnavailableException failure)
            {
                LogStoreAway(failure, delivery.Id);
                await Task.Delay(StoreRetryInterval, time, cancellationToken);
            }
        }
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
