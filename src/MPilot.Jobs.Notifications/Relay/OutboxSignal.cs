using System.Threading.Channels;

using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Notifications.Relay;

/// <summary>Wakes a job's listeners and the relay of this process, and the job's listeners on other nodes where there are any; many commits wake the relay once.</summary>
/// <param name="feed">Who listens here.</param>
/// <param name="hints">The way to other nodes; <c>null</c> where a process is alone on its store.</param>
public sealed class OutboxSignal(IJobFeed feed, IStoreHints? hints = null) : IOutboxSignal
{
    private readonly Channel<bool> _committed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Committed(string job)
    {
        feed.Hint(job);
        _committed.Writer.TryWrite(true);
        hints?.Announce(job);
    }

    /// <summary>Completes when rows were committed since the last call.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _committed.Reader.ReadAsync(cancellationToken);
}
