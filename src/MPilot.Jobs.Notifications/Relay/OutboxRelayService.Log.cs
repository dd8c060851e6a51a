using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Notifications.Relay;

public sealed partial class OutboxRelayService
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox relay failed and will go on")]
    private partial void LogRelayFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bus did not take {Count} events, which will be published again: {Reason}")]
    private partial void LogEventsNotTaken(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bus is down; events wait in the store. Reason, as far as known: {Reason}")]
    private partial void LogBusDown(string? reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The bus is up; events that wait are published")]
    private partial void LogBusUp();
}
