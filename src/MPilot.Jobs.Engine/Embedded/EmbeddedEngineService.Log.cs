using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Engine.Embedded;

public sealed partial class EmbeddedEngineService
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} registered under epoch {Epoch}")]
    private partial void LogNodeRegistered(string node, long epoch);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} unfinished jobs were taken up")]
    private partial void LogResumed(int count);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Epoch {Epoch} of node {Node} has expired: the process stops")]
    private partial void LogEpochExpired(string node, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "A sweep failed and will be made again")]
    private partial void LogSweepFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped with provider calls in flight; they count as lost at the next start")]
    private partial void LogStoppedWithCallsInFlight();
}
