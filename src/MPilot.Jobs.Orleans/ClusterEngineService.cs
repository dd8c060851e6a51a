using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Orleans.Attempts;

namespace MPilot.Jobs.Orleans;

/// <summary>
/// Brings a node up and down, keeps its lease, and sweeps the store for the whole cluster: every node does, and what two find at once is done once.
/// There are no reminders: they would look at the same due times at best once a minute, and be one more thing to store.
/// </summary>
public sealed partial class ClusterEngineService(
    ClusterEngine engine, NodeLife life, IGrainFactory grains, INodes nodes, IRandomness randomness, IHostApplicationLifetime lifetime,
    ILogger<ClusterEngineService> logger)
    : IHostedService, IDisposable
{
    private const int PageSize = 500;

    private readonly IJobStore _store = engine.Ports.Store;
    private readonly NodeIdentity _node = engine.Node;
    private readonly TimeProvider _time = engine.Time;
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        _node.Register(await nodes.RegisterAsync(_node.Node, now, now + life.Lease, expireOthers: false, cancellationToken));
        LogNodeRegistered(_node.Node, _node.Epoch);
        engine.GateMoved = () => _ = GuardAsync(ResumeAsync);
        _background = Task.WhenAll(
            GuardAsync(TakeOverAsync), RepeatAsync(life.SweepEvery, SweepAsync), RepeatAsync(life.RenewEvery, RenewAsync));
    }

    /// <summary>Starts no more calls and lets those in flight end, as long as the host allows; other nodes take up the rest.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var drained = engine.Runner.DrainAsync();
        try
        {
            // The lease is kept meanwhile: what is still running is nobody else's.
            await drained.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogStoppedWithCallsInFlight();
        }

        await _stopping.CancelAsync();
        await _background;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task TakeOverAsync()
    {
        await grains.GetGrain<INodeGrain>(_node.Node).SettleAsync(_stopping.Token);
        await TellOrphansAsync();
        await ResumeAsync();
    }

    private async Task SweepAsync()
    {
        await _store.OrphanAnswersAsync(_time.GetUtcNow(), _stopping.Token);
        await TellOrphansAsync();
        foreach (var job in await _store.ListDueAsync(_time.GetUtcNow(), PageSize, _stopping.Token))
        {
            await GuardAsync(() => engine.Jobs.ResumeAsync(job, _stopping.Token));
        }

        engine.Ports.Instruments.OnSwept(Sweep.DueJobs);
    }

    private async Task TellOrphansAsync()
    {
        OrphanedAttempt? last = null;
        while (await _store.ListOrphanedAsync(_time.GetUtcNow(), last, PageSize, _stopping.Token) is { Count: > 0 } orphans)
        {
            foreach (var orphan in orphans)
            {
                var orphaned = new JobFact.AttemptOrphaned(_time.GetUtcNow(), orphan.Attempt, orphan.Epoch, randomness.NextUnit());
                var answer = await engine.Jobs.TellUntilTakenAsync(orphan.Job, orphaned, _time, _stopping.Token);
                LogAttemptOrphaned(orphan.Job, orphan.Attempt, answer.Verdict);
            }

            last = orphans[^1];
        }
    }

    /// <summary>Lets every unfinished job perform what it owes, in accept order.</summary>
    private async Task ResumeAsync()
    {
        string? last = null;
        while (await ReadUnfinishedAsync(last) is { Count: > 0 } page)
        {
            foreach (var job in page)
            {
                await GuardAsync(() => engine.Jobs.ResumeAsync(job, _stopping.Token));
            }

            last = page[^1];
        }
    }

    /// <summary>The next page, however long the store is away.</summary>
    private async Task<IReadOnlyList<string>> ReadUnfinishedAsync(string? after)
    {
        while (true)
        {
            try
            {
                return await _store.ListUnfinishedAsync(after, PageSize, _stopping.Token);
            }
            catch (StoreUnavailableException failure)
            {
                LogSweepFailed(failure);
                await Task.Delay(JobTelling.RetryInterval, _time, _stopping.Token);
            }
        }
    }

    private async Task RenewAsync()
    {
        var now = _time.GetUtcNow();
        if (!await nodes.RenewAsync(_node.Node, _node.Epoch, now, now + life.Lease, _stopping.Token))
        {
            LogEpochExpired(_node.Node, _node.Epoch);
            lifetime.StopApplication();
        }
    }

    private async Task RepeatAsync(TimeSpan interval, Func<Task> work)
    {
        using var timer = new PeriodicTimer(interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await GuardAsync(work);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogSweepFailed(failure);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }
}
