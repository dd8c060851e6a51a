using System.Threading.Channels;

using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Notifications.Relay;

/// <summary>Wakes a job's listeners and the relay of this process; many commits wake the relay once.</summary>
public sealed class OutboxSignal(IJobFeed feed) : IOutboxSignal
{
    private readonly Channel<bool> _committed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Committed(string job)
    {
        feed.Hint(job);
        _committed.Writer.TryWrite(true);
    }

    /// <summary>Completes when rows were committed since the last call.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _committed.Reader.ReadAsync(cancellationToken);
}
