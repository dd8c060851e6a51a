using System.Threading.Channels;

using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>A feed the test reads and signals by hand.</summary>
public sealed class RecordingFeed : IJobFeed
{
    private readonly Channel<bool> _hints = Channel.CreateUnbounded<bool>();
    private int _listeners;

    public int Listeners => _listeners;

    public void Hint() => _hints.Writer.TryWrite(true);

    public void Hint(string job) => Hint();

    public void HintAll() => Hint();

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
