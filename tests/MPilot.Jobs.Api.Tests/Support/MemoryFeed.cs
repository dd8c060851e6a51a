using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>
/// Wakes every listener whenever anything happens, and says when the first one came; the kit's recording feed is for tests
/// that give each hint by hand.
/// </summary>
internal sealed class MemoryFeed : IJobFeed
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _listened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once somebody listens.</summary>
    public Task Listened => _listened.Task;

    public IJobSubscription Subscribe(string job)
    {
        _listened.TrySetResult();
        return new Subscription(this);
    }

    public void Publish(OutboxRow row) => Wake();

    public void Wake()
    {
        lock (_gate)
        {
            _next.TrySetResult();
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

        public void Dispose()
        {
        }
    }
}
