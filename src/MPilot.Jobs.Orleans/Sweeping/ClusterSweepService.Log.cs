using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Orleans.Sweeping;

public sealed partial class ClusterSweepService
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Gone: {Nodes}; unfinished jobs are taken up")]
    private partial void LogTakenOver(string nodes);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} unfinished jobs were taken up")]
    private partial void LogResumed(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A sweep failed and will be made again")]
    private partial void LogSweepFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped with provider calls in flight; another node asks after them or counts them as lost")]
    private partial void LogStoppedWithCallsInFlight();
}
