using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Notifications.Live;

/// <summary>One listener: remembers at most one unseen signal.</summary>
internal sealed class LiveSubscription(LiveFeed feed, string job) : IJobSubscription
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _gate = new();
    private bool _disposed;

    public string Job { get; } = job;

    public Task WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    public void Dispose()
    {
        feed.Remove(this);
        lock (_gate)
        {
            _signal.Dispose();
            _disposed = true;
        }
    }

    public void Signal()
    {
        lock (_gate)
        {
            if (!_disposed && _signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }
}
