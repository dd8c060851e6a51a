using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Api.Errors;

internal sealed partial class FaultMiddleware
{
    [LoggerMessage(LogLevel.Error, "Request {RequestId} failed: {Code}.")]
    private partial void LogFault(Exception fault, string requestId, string code);

    [LoggerMessage(LogLevel.Error, "The answer to request {RequestId} was cut off.")]
    private partial void LogAnswerCut(Exception fault, string requestId);

    [LoggerMessage(LogLevel.Debug, "The client of request {RequestId} is gone.")]
    private partial void LogClientGone(string requestId);
}
