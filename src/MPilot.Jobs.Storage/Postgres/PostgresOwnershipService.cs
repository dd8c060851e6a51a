using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>Stops a process that has to be alone on its database once it cannot know that any more.</summary>
public sealed partial class PostgresOwnershipService(
    PostgresOwnership ownership, IHostApplicationLifetime lifetime, ILogger<PostgresOwnershipService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ownership.WaitUntilLostAsync(stoppingToken);
        LogLost();
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The lock on the database is lost; another process may have it, so this one stops")]
    private partial void LogLost();
}
