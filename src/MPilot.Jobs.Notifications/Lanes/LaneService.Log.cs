using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Notifications.Lanes;

public abstract partial class LaneService<T>
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Due deliveries could not be looked for; it is done again")]
    private partial void LogLookFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} deliveries of processes that are gone are brought again")]
    private partial void LogReleased(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Delivery} waits for the store")]
    private partial void LogStoreAway(Exception failure, string delivery);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Delivery} could not be made")]
    private partial void LogTryFaulted(Exception failure, string delivery);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopping amid {Count} deliveries; they are brought again later")]
    private partial void LogStoppedWithCallsOut(int count);
}
