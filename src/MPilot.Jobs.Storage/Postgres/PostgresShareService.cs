using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>
/// Keeps a node's share of the lock on the database, which keeps out a process that has to be alone: it is lost with every restart of the server, and taken
/// again. Where such a process was faster, this one stops.
/// </summary>
public sealed partial class PostgresShareService(
    PostgresDatabase database, PostgresOwnership share, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<PostgresShareService> logger) : BackgroundService
{
    /// <summary>How long after a failure it is tried again. 1 s.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var held = share;
        try
        {
            while (true)
            {
                await held.WaitUntilLostAsync(stoppingToken);
                await held.DisposeAsync();
                held = await TakeAsync(stoppingToken);
                LogTakenAgain();
            }
        }
        catch (DatabaseInUseException)
        {
            LogTaken();
            lifetime.StopApplication();
        }
        finally
        {
            await held.DisposeAsync();
        }
    }

    private async Task<PostgresOwnership> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await PostgresOwnership.TakeAsync(database, isAlone: false, cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                // Nobody else can have it either while the server is away.
                await Task.Delay(RetryInterval, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The share of the lock on the database was lost, and is taken again")]
    private partial void LogTakenAgain();

    [LoggerMessage(Level = LogLevel.Critical, Message = "The share of the lock on the database was lost, and a process that has to be alone has it: this one stops")]
    private partial void LogTaken();
}
