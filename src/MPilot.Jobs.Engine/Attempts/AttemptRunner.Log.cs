using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Engine.Attempts;

public sealed partial class AttemptRunner
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Attempt {Attempt} of {Job} is not sent: {Reason}")]
    private partial void LogNotSending(string job, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of {Job} was broken off: it is others' now")]
    private partial void LogBrokenOff(string job, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The pictures of attempt {Attempt} of {Job} are gone before they could be kept; it counts as lost")]
    private partial void LogPicturesGone(Exception failure, string job, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of {Job} waits for the storage")]
    private partial void LogStorageAway(Exception failure, string job, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The runner of attempt {Attempt} of {Job} failed")]
    private partial void LogRunnerFailed(Exception failure, string job, int attempt);
}
