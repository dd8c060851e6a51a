using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Notifications.Relay;

/// <summary>Brings stored events to the feed in commit order and deletes what it delivered. A crash in between delivers again: at least once.</summary>
public sealed partial class OutboxRelayService(
    IOutbox outbox, OutboxSignal signal, IJobFeed feed, TimeProvider time, ILogger<OutboxRelayService> logger) : BackgroundService
{
    /// <summary>How long the relay goes without looking when nobody wakes it. 1 s.</summary>
    public static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    private const int PageSize = 256;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await RelayPageAsync(stoppingToken))
                {
                    await WaitAsync(stoppingToken);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogRelayFailed(failure);
                await Task.Delay(IdleInterval, time, stoppingToken);
            }
        }
    }

    /// <summary>Delivers one page. True: there may be more.</summary>
    private async Task<bool> RelayPageAsync(CancellationToken cancellationToken)
    {
        var rows = await outbox.ReadAsync(PageSize, cancellationToken);
        foreach (var row in rows)
        {
            feed.Publish(row);
        }

        if (rows.Count > 0)
        {
            await outbox.DeleteAsync([.. rows.Select(r => r.Id)], cancellationToken);
        }

        return rows.Count > 0;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(IdleInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            await signal.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody woke it: it looks by itself.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox relay failed and will go on")]
    private partial void LogRelayFailed(Exception failure);
}
