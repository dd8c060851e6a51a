using System.Collections.Concurrent;
using System.Collections.Immutable;

using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Notifications.Live;

/// <summary>Who listens to which job in this process.</summary>
public sealed class LiveFeed : IJobFeed
{
    private readonly ConcurrentDictionary<string, ImmutableHashSet<LiveSubscription>> _listeners = new(StringComparer.Ordinal);

    /// <summary>Jobs and tenants with a listener at the moment.</summary>
    public int JobsListenedTo => _listeners.Count;

    public IJobSubscription Subscribe(string job)
    {
        var subscription = new LiveSubscription(this, job);
        _listeners.AddOrUpdate(job, [subscription], (_, others) => others.Add(subscription));
        return subscription;
    }

    public void Hint(string job)
    {
        if (_listeners.TryGetValue(job, out var listeners))
        {
            Signal(listeners);
        }
    }

    public void HintAll()
    {
        foreach (var (_, listeners) in _listeners)
        {
            Signal(listeners);
        }
    }

    private static void Signal(ImmutableHashSet<LiveSubscription> listeners)
    {
        foreach (var listener in listeners)
        {
            listener.Signal();
        }
    }

    internal void Remove(LiveSubscription subscription)
    {
        while (_listeners.TryGetValue(subscription.Job, out var listeners))
        {
            var rest = listeners.Remove(subscription);
            if (rest.IsEmpty
                ? _listeners.TryRemove(new(subscription.Job, listeners))
                : _listeners.TryUpdate(subscription.Job, rest, listeners))
            {
                return;
            }
        }
    }
}
