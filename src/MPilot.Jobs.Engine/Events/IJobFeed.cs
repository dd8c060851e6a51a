using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Events;

/// <summary>Live events of jobs in this process. A hint that something happened: the store is the truth.</summary>
public interface IJobFeed
{
    /// <summary>Listens to one job from now on.</summary>
    IJobSubscription Subscribe(string job);

    /// <summary>Wakes whoever listens to a job.</summary>
    void Hint(string job);

    /// <summary>Passes an event to whoever listens.</summary>
    void Publish(OutboxRow row);
}
