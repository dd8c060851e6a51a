using System.Collections.Concurrent;

using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>Keeps what a service logs.</summary>
internal sealed class RecordedLogs : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string Message, Exception? Failure)> _lines = new();

    public IReadOnlyCollection<(string Message, Exception? Failure)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _lines.Enqueue((formatter(state, exception), exception));

    public void Dispose()
    {
        // The lines outlive the service.
    }
}
