using System.Threading.Channels;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A feed the test reads and signals by hand.</summary>
public sealed class RecordingFeed : IJobFeed
{
    private readonly Channel<OutboxRow> _published = Channel.CreateUnbounded<OutboxRow>();
    private readonly Channel<bool> _hints = Channel.CreateUnbounded<bool>();
    private int _listeners;

    public int Listeners => _listeners;

    public async Task<OutboxRow> NextAsync() => await _published.Reader.ReadAsync();

    public void Hint() => _hints.Writer.TryWrite(true);

    public void Publish(OutboxRow row) => _published.Writer.TryWrite(row);

    public IJobSubscription Subscribe(string job)
    {
        Interlocked.Increment(ref _listeners);
        return new Subscription(this);
    }

    private sealed class Subscription(RecordingFeed feed) : IJobSubscription
    {
        public async Task WaitAsync(CancellationToken cancellationToken) => await feed._hints.Reader.ReadAsync(cancellationToken);

        public void Dispose() => Interlocked.Decrement(ref feed._listeners);
    }
}
