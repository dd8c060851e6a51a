using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Lanes;

/// <summary>
/// Brings what is due, each receiver on a lane of its own: claims it under the node's epoch, tries, records how that went. Several nodes may do so on one
/// store. A crash in between brings it again: at least once.
/// </summary>
/// <typeparam name="T">What is brought.</typeparam>
public abstract partial class LaneService<T>(
    IDueDeliveries<T> due, DueSignal<T> signal, NodeIdentity node, LaneTerms terms, TimeProvider time, ILogger logger)
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

    private readonly ReceiverLanes _lanes = new(terms);
    private readonly HashSet<Task> _running = [];
    private DateTimeOffset _releaseAt;
    private string _last = "";

    /// <summary>Who claims.</summary>
    protected NodeIdentity Node => node;

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

    /// <summary>The name of one.</summary>
    protected abstract string IdOf(T item);

    /// <summary>Tries once.</summary>
    /// <exception cref="StoreUnavailableException">It is to be tried again when the store is back.</exception>
    protected abstract Task<DeliveryTry> TryAsync(T item);

    /// <summary>Decides what becomes of one after a try.</summary>
    /// <returns>Stores that, if the claim still holds; called until the store is there.</returns>
    protected abstract Func<Task> Judge(T item, DeliveryTry tried);

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
        while (await due.ListDueTargetsAsync(time.GetUtcNow(), _last, PageSize, cancellationToken) is { Count: > 0 } targets)
        {
            foreach (var target in targets)
            {
                if (InFlight >= terms.MaxInFlight)
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

        if (await due.ReleaseOrphanedAsync(cancellationToken) is > 0 and var count)
        {
            LogReleased(count);
        }

        _lanes.Forget(now);
        _releaseAt = now + ReleaseInterval;
    }

    private async Task ServeAsync(string target, CancellationToken cancellationToken)
    {
        var lane = _lanes.To(target);
        if (lane.FailsDueBy is { } dueBy)
        {
            await FailAsync(await ClaimAsync(target, PageSize, dueBy, cancellationToken), cancellationToken);
        }

        var now = time.GetUtcNow();
        var free = Math.Min(lane.FreeAt(now), terms.MaxInFlight - InFlight);
        if (free <= 0)
        {
            return;
        }

        foreach (var item in await ClaimAsync(target, free, dueBy: null, cancellationToken))
        {
            lane.Begin(IdOf(item), now);
            Start(BringAsync(item, lane, cancellationToken));
        }
    }

    private Task<IReadOnlyList<T>> ClaimAsync(string target, int limit, DateTimeOffset? dueBy, CancellationToken cancellationToken)
        => due.ClaimAsync(new(target, node.Node, node.Epoch, time.GetUtcNow(), limit) { DueBy = dueBy }, cancellationToken);

    /// <summary>A probe of their receiver failed for all of these.</summary>
    private Task FailAsync(IReadOnlyList<T> claimed, CancellationToken cancellationToken)
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

    private async Task BringAsync(T item, ReceiverLane lane, CancellationToken cancellationToken)
    {
        // The look goes on while this one connects.
        await Task.Yield();
        try
        {
            await RecordAsync(item, await TryAsync(item, lane, cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Told to stop while the store was away: it is brought again later.
        }
        catch (Exception failure)
        {
            LogTryFaulted(failure, IdOf(item));
        }
    }

    private async Task<DeliveryTry> TryAsync(T item, ReceiverLane lane, CancellationToken cancellationToken)
    {
        DeliveryTry? tried = null;
        try
        {
            return tried = await TryAsync(item, cancellationToken);
        }
        finally
        {
            lane.End(IdOf(item), tried);
        }
    }

    private async Task<DeliveryTry> TryAsync(T item, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // A call that is out when the service is told to stop may still be answered.
                return await TryAsync(item);
            }
            catch (StoreUnavailableException failure)
            {
                LogStoreAway(failure, IdOf(item));
                await Task.Delay(StoreRetryInterval, time, cancellationToken);
            }
            catch (Exception failure)
            {
                LogTryFaulted(failure, IdOf(item));
                return new(time.GetUtcNow(), TimeSpan.Zero, DeliveryOutcome.Faulted);
            }
        }
    }

    /// <summary>However long the store is away: a claim that is forgotten would hold its delivery until this process ends.</summary>
    private async Task RecordAsync(T item, DeliveryTry tried, CancellationToken cancellationToken)
    {
        var store = Judge(item, tried);
        while (true)
        {
            try
            {
                await store();
                return;
            }
            catch (StoreUnavailableException failure)
            {
                LogStoreAway(failure, IdOf(item));
                await Task.Delay(StoreRetryInterval, time, cancellationToken);
            }
        }
    }
}
