using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>
/// Wakes every listener whenever anything happens, and says when the first one came; the kit's recording feed is for tests
/// that give each hint by hand.
/// </summary>
internal sealed class MemoryFeed : IJobFeed
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _listened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int Count, TaskCompletionSource Seen)> _watchers = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Who listens now.</summary>
    public int Listeners { get; private set; }

    /// <summary>Completes once somebody listens.</summary>
    public Task Listened => _listened.Task;

    public IJobSubscription Subscribe(string job)
    {
        _listened.TrySetResult();
        Count(1);
        return new Subscription(this);
    }

    /// <summary>Completes once exactly so many listen.</summary>
    public Task WhenListenersAsync(int count)
    {
        lock (_gate)
        {
            if (Listeners == count)
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((count, seen));
            return seen.Task;
        }
    }

    public void Hint(string job) => Wake();

    public void HintAll() => Wake();

    public void Wake()
    {
        lock (_gate)
        {
            _next.TrySetResult();
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Count(int change)
    {
        lock (_gate)
        {
            Listeners += change;
            foreach (var watcher in _watchers.Where(w => w.Count == Listeners).ToList())
            {
                _watchers.Remove(watcher);
                watcher.Seen.SetResult();
            }
        }
    }

    private sealed class Subscription(MemoryFeed feed) : IJobSubscription
    {
        private Task _next = feed._next.Task;

        public async Task WaitAsync(CancellationToken cancellationToken)
        {
            await _next.WaitAsync(cancellationToken);
            _next = feed._next.Task;
        }

        public void Dispose() => feed.Count(-1);
    }
}
