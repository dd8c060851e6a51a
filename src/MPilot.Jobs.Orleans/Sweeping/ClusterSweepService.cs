using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Orleans.Attempts;

namespace MPilot.Jobs.Orleans.Sweeping;

/// <summary>
/// Sweeps the store for the whole cluster: every silo does, and what two find at once is done once. There are no reminders: they would look at the same due
/// times at best once a minute, and be one more thing to store for every job.
/// </summary>
public sealed partial class ClusterSweepService(
    ClusterEngine engine, Resumption resumption, INodes nodes, IGrainFactory grains, ClusterOptions options, IRandomness randomness,
    ILogger<ClusterSweepService> logger)
    : IHostedService, IDisposable
{
    private const int PageSize = 500;

    /// <summary>Jobs told at the same time.</summary>
    private const int AtOnce = 16;

    private readonly JobRecovery _recovery = new(engine.Jobs, engine.Ports.Store, engine.Time, randomness, logger);
    private readonly IJobStore _store = engine.Ports.Store;
    private readonly TimeProvider _time = engine.Time;
    private readonly JobsInstruments _instruments = engine.Ports.Instruments;
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;
    private bool _owesResumption;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _background = Task.WhenAll(UntilStoppedAsync(SweepAgainAndAgainAsync), UntilStoppedAsync(ResumeWhenAskedAsync));
        return Task.CompletedTask;
    }

    /// <summary>Starts no more calls and lets those in flight end, as long as the host allows; other nodes take up the rest.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.Runner.DrainAsync().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogStoppedWithCallsInFlight();
        }

        await _stopping.CancelAsync();
        await _background;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task SweepAgainAndAgainAsync()
    {
        // Who was here before may have left much: the first sweep does not wait for its turn to come again.
        while (!await TrySweepAsync())
        {
            await Task.Delay(JobTelling.RetryInterval, _time, _stopping.Token);
        }

        using var timer = new PeriodicTimer(options.SweepInterval, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            await TrySweepAsync();
        }
    }

    private async Task ResumeWhenAskedAsync()
    {
        while (true)
        {
            await resumption.WaitAsync(_stopping.Token);
            await ResumeAsync();
        }
    }

    private async Task SweepAsync()
    {
        // 1. Whoever wants to stop a call of this node has to find it.
        await grains.GetGrain<INodeGrain>(engine.Node.Node).SettleAsync(_stopping.Token);

        // 2. What gone nodes left.
        await TakeOverAsync();

        // 3. What is due.
        await TellAsync(await _store.ListDueAsync(_time.GetUtcNow(), PageSize, _stopping.Token));
        _instruments.OnSwept(Sweep.DueJobs);
    }

    /// <summary>Whoever takes over from a node and dies in turn is taken over from with all that is left.</summary>
    private async Task TakeOverAsync()
    {
        // 1. From then on none of these comes back.
        var now = _time.GetUtcNow();
        var gone = await nodes.TakeOverAsync(engine.Node.HasBeenSteadyFor(options.Lease, now) ? now : null, _stopping.Token);
        if (gone.Count > 0)
        {
            LogTakenOver(string.Join(", ", gone));
            _owesResumption = true;
        }

        // 2. Calls in flight, so that they hold their places at the gates before anything else is taken up.
        await _recovery.TellOrphansAsync(_stopping.Token);

        // 3. Owed until done: a sweep may fail.
        if (_owesResumption)
        {
            resumption.Ask();
            await _store.OrphanAnswersAsync(_time.GetUtcNow(), _stopping.Token);
            _owesResumption = false;
        }
    }

    /// <summary>Lets every unfinished job perform what it owes, in accept order.</summary>
    private async Task ResumeAsync()
    {
        var count = 0;
        await foreach (var page in _recovery.ReadUnfinishedAsync(_stopping.Token))
        {
            await TellAsync(page);
            count += page.Count;
        }

        LogResumed(count);
    }

    private async Task TellAsync(IReadOnlyList<string> jobs)
    {
        foreach (var some in jobs.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(job => engine.Jobs.ResumeUntilDoneAsync(job, _stopping.Token)));
        }
    }

    private async Task UntilStoppedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task<bool> TrySweepAsync()
    {
        try
        {
            await SweepAsync();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogSweepFailed(failure);
            _instruments.OnSweepFailed(Sweep.DueJobs);
            return false;
        }
    }
}
