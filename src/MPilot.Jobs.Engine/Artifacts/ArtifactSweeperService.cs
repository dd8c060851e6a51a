using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Telemetry;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>Runs the sweeps of artifacts and of old rows, again and again.</summary>
public sealed partial class ArtifactSweeperService(
    ArtifactSweeper sweeper, IJobStore store, IFileStore files, IPurchaseLedger purchases, IDeliveries deliveries, RetentionOptions retention, TimeProvider time,
    JobsInstruments instruments, ILogger<ArtifactSweeperService> logger)
    : BackgroundService
{
    /// <summary>How often the whole artifact store is walked. 15 min.</summary>
    public static readonly TimeSpan WalkInterval = TimeSpan.FromMinutes(15);

    private const int PruneLimit = 1000;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(Sweep.UnreferencedArtifacts, retention.SweepInterval, sweeper.SweepUnreferencedAsync, stoppingToken),
        RepeatAsync(Sweep.OldRows, retention.SweepInterval, PruneAsync, stoppingToken),
        RepeatAsync(Sweep.UnknownArtifacts, WalkInterval, sweeper.SweepUnknownAsync, stoppingToken));

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await UntilFewAsync(() => store.PruneAsync(now, now - retention.Events, now - retention.Jobs, PruneLimit, cancellationToken));
        await UntilFewAsync(() => files.PruneAsync(now, PruneLimit, cancellationToken));
        await UntilFewAsync(() => purchases.PruneAsync(now - retention.Ledger, PruneLimit, cancellationToken));
        await UntilFewAsync(() => deliveries.PruneAsync(now - retention.Deliveries, PruneLimit, cancellationToken));
    }

    private static async Task UntilFewAsync(Func<Task<int>> prune)
    {
        while (await prune() >= PruneLimit)
        {
            // As many again may be left.
        }
    }

    private async Task RepeatAsync(Sweep kind, TimeSpan interval, Func<CancellationToken, Task> sweep, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await sweep(cancellationToken);
                instruments.OnSwept(kind);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogSweepFailed(failure);
                instruments.OnSweepFailed(kind);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A sweep failed and will be made again")]
    private partial void LogSweepFailed(Exception failure);
}
