using System.Collections.Concurrent;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Notifications.Bus;

namespace MPilot.Jobs.Notifications.Relay;

/// <summary>
/// Brings stored events to the bus, those of one job one after the other, and deletes what the bus has confirmed. A crash in between publishes again: at
/// least once. Where several nodes share the store, each brings those of the shards it holds.
/// </summary>
public sealed partial class OutboxRelayService(
    IOutbox outbox, OutboxSignal signal, IEventBus bus, NodeIdentity node, TimeProvider time, ILogger<OutboxRelayService> logger) : BackgroundService
{
    /// <summary>How long the relay goes without looking when nobody wakes it, and how long it rests after a failure. 1 s.</summary>
    public static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    /// <summary>How far apart two looks are at least, unless a page was full. 50 ms: what is committed at one time is read and deleted at once.</summary>
    public static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How often the shares of the nodes are looked after. 2 s.</summary>
    public static readonly TimeSpan ClaimInterval = TimeSpan.FromSeconds(2);

    /// <summary>How long the bus may take to confirm an event before it is published again. 30 s.</summary>
    public static readonly TimeSpan ConfirmTime = TimeSpan.FromSeconds(30);

    private const int PageSize = 256;
    private const int JobsAtOnce = 64;
    private const int LooksBeforeNews = 2;

    private long? _claimedAt;
    private int _looksInVain;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await (IsAble() ? RelayAsync(stoppingToken) : PauseAsync(stoppingToken));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogRelayFailed(failure);
                await Task.Delay(IdleInterval, time, stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ReleaseAsync(cancellationToken);
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        await ReleaseAsync(cancellationToken);
        await Task.Delay(IdleInterval, time, cancellationToken);
    }

    /// <summary>Publishes what waits, and rests until there may be more.</summary>
    private async Task RelayAsync(CancellationToken cancellationToken)
    {
        await ClaimAsync(cancellationToken);
        var rows = await PublishPageAsync(cancellationToken);
        if (rows < PageSize && (rows > 0 || await signal.WaitAsync(IdleInterval, time, cancellationToken)))
        {
            await Task.Delay(LeastInterval, time, cancellationToken);
        }
    }

    /// <summary>Publishes one page.</summary>
    /// <returns>How many rows it had.</returns>
    private async Task<int> PublishPageAsync(CancellationToken cancellationToken)
    {
        var rows = await outbox.ReadAsync(node.Current, PageSize, cancellationToken);
        var confirmed = await PublishAsync(rows, cancellationToken);
        if (confirmed.Count > 0)
        {
            // What is confirmed need not be published again, not even where the process is about to stop.
            await outbox.DeleteAsync(confirmed, CancellationToken.None);
        }

        if (confirmed.Count < rows.Count)
        {
            await Task.Delay(IdleInterval, time, cancellationToken);
        }

        return rows.Count;
    }

    /// <summary>Whether there is a bus to publish to, and an epoch to claim under. The first look in vain is no news: the bus begins with the service.</summary>
    private bool IsAble()
    {
        if (bus.IsUp)
        {
            NoteUp();
            return node.Epoch > 0;
        }

        if (bus.Problem is not null && ++_looksInVain == LooksBeforeNews)
        {
            LogBusDown(bus.DownBecause);
        }

        return false;
    }

    private void NoteUp()
    {
        if (_looksInVain >= LooksBeforeNews)
        {
            LogBusUp();
        }

        _looksInVain = 0;
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        if (_claimedAt is { } last && time.GetElapsedTime(last) < ClaimInterval)
        {
            return;
        }

        await outbox.ClaimAsync(node.Current, cancellationToken);
        _claimedAt = time.GetTimestamp();
    }

    /// <summary>Leaves it to others, whose bus may be up.</summary>
    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_claimedAt is null)
        {
            return;
        }

        try
        {
            await outbox.ReleaseAsync(node.Current, cancellationToken);
            _claimedAt = null;
        }
        catch (StoreUnavailableException failure)
        {
            LogRelayFailed(failure);
        }
    }

    /// <summary>Publishes rows, many jobs at a time.</summary>
    /// <returns>The ids of those the bus has confirmed.</returns>
    private async Task<IReadOnlyCollection<long>> PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var confirmed = new ConcurrentBag<long>();
        string? reason = null;
        await Parallel.ForEachAsync(
            rows.GroupBy(r => r.Job, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = JobsAtOnce },
            async (job, _) => reason = await PublishJobAsync(job, confirmed, cancellationToken) ?? reason);
        if (reason is not null && !cancellationToken.IsCancellationRequested)
        {
            LogEventsNotTaken(rows.Count - confirmed.Count, reason);
        }

        return confirmed;
    }

    /// <summary>Publishes a job's rows in order, up to the first that the bus does not take.</summary>
    /// <returns>Why it did not, or <c>null</c>.</returns>
    private async Task<string?> PublishJobAsync(IEnumerable<OutboxRow> rows, ConcurrentBag<long> confirmed, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(ConfirmTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            foreach (var row in rows)
            {
                await bus.PublishAsync(row, either.Token);
                confirmed.Add(row.Id);
            }

            return null;
        }
        catch (Exception failure)
        {
            return failure.Message;
        }
    }
}
