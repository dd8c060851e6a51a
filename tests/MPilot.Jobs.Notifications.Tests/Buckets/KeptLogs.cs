using System.Collections.Concurrent;

using Microsoft.Extensions.Logging;

namespace MPilot.Jobs.Notifications.Tests.Buckets;

/// <summary>Keeps all that is logged, at every level, with what goes with it.</summary>
internal sealed class KeptLogs<T> : ILogger<T>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _lines.Enqueue($"{formatter(state, exception)} {exception}");
}
