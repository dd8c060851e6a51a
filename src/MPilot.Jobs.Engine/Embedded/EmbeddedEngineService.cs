using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Engine.Embedded;

/// <summary>
/// Brings the one-process engine up and down: registers the node under a new epoch (whoever holds the data directory expires all earlier ones),
/// takes up what earlier processes left, and keeps the lease and the due times.
/// </summary>
public sealed partial class EmbeddedEngineService(
    EmbeddedEngine engine, DataDirectoryLock held, IJobStore store, INodes nodes, NodeIdentity node, TimeProvider time,
    IRandomness randomness, IHostApplicationLifetime lifetime, JobsInstruments instruments, ILogger<EmbeddedEngineService> logger)
    : IHostedService, IAsyncDisposable
{
    /// <summary>How often stored due times are looked at. 5 s.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

    /// <summary>How often the lease is renewed. 1 min.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The lock on the data directory says who is alive here; the lease only has to outlast a suspended machine. 1 d.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromDays(1);

    private const int PageSize = 500;

    private readonly EmbeddedJobs _jobs = engine.Jobs;
    private readonly JobRecovery _recovery = new(engine.Jobs, store, time, randomness, logger);
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        node.Register(await nodes.RegisterAsync(node.Node, now + Lease, expireOthers: true, cancellationToken));
        LogNodeRegistered(node.Node, node.Epoch);
        await store.OrphanAnswersAsync(now, cancellationToken);
        await _recovery.TellOrphansAsync(cancellationToken);
        _background = Task.WhenAll(ResumeAsync(_stopping.Token), RepeatAsync(SweepInterval, SweepAsync), RepeatAsync(HeartbeatInterval, RenewAsync));
    }

    /// <summary>Starts no more calls and lets those in flight end, as long as the host allows; what is left then is lost by the rules.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var drained = engine.Runner.DrainAsync();
        await _stopping.CancelAsync();
        await _background;
        try
        {
            await drained.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogStoppedWithCallsInFlight();
        }
    }

    public ValueTask DisposeAsync()
    {
        _stopping.Dispose();
        held.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Performs what unfinished jobs owe, in accept order.</summary>
    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            await foreach (var page in _recovery.ReadUnfinishedAsync(cancellationToken))
            {
                foreach (var job in page)
                {
                    await GuardAsync(() => _jobs.TellUntilTakenAsync(job, new JobFact.ClockReached(time.GetUtcNow()), time, cancellationToken));
                }

                count += page.Count;
            }

            LogResumed(count);
        }
        catch (OperationCanceledException)
        {
            LogResumed(count);
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            await TellDueAsync();
            instruments.OnSwept(Sweep.DueJobs);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogSweepFailed(failure);
            instruments.OnSweepFailed(Sweep.DueJobs);
        }
    }

    private async Task TellDueAsync()
    {
        foreach (var job in await store.ListDueAsync(time.GetUtcNow(), PageSize, _stopping.Token))
        {
            await _jobs.TellUntilTakenAsync(job, new JobFact.ClockReached(time.GetUtcNow()), time, _stopping.Token);
        }
    }

    private async Task RenewAsync()
    {
        if (!await nodes.RenewAsync(node.Node, node.Epoch, time.GetUtcNow() + Lease, _stopping.Token))
        {
            LogEpochExpired(node.Node, node.Epoch);
            lifetime.StopApplication();
        }
    }

    private async Task RepeatAsync(TimeSpan interval, Func<Task> work)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await GuardAsync(work);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The engine stops.
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
    }
}
