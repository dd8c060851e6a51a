using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Notifications.Relay;

/// <summary>Wakes the listeners of a job and of its tenant and the relay of this process, and those listeners on other nodes where there are any; many commits wake the relay once.</summary>
/// <param name="feed">Who listens here.</param>
/// <param name="hints">The way to other nodes; <c>null</c> where a process is alone on its store.</param>
public sealed class OutboxSignal(IJobFeed feed, IStoreHints? hints = null) : IOutboxSignal
{
    private readonly Wakeup _wakeup = new();

    public void Committed(string tenant, string job)
    {
        var topic = TenantTopic.Of(tenant);
        feed.Hint(job);
        feed.Hint(topic);
        _wakeup.Call();
        hints?.Announce(job);
        hints?.Announce(topic);
    }

    /// <summary>Whether rows were committed within that time, or since the last call.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) => _wakeup.WaitAsync(atMost, time, cancellationToken);
}
