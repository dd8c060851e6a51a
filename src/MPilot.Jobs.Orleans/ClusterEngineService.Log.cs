using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Orleans;

public sealed partial class ClusterEngineService
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Node} registered under epoch {Epoch}")]
    private partial void LogNodeRegistered(string node, long epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of {Job} has outlived its node ({Verdict})")]
    private partial void LogAttemptOrphaned(string job, int attempt, Verdict verdict);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Epoch {Epoch} of node {Node} has expired: the process stops")]
    private partial void LogEpochExpired(string node, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "A sweep failed and will be made again")]
    private partial void LogSweepFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped with provider calls in flight; another node asks after them or counts them as lost")]
    private partial void LogStoppedWithCallsInFlight();
}
