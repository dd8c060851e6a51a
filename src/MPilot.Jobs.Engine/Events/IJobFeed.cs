namespace MPilot.Jobs.Engine.Events;

/// <summary>Who listens to which job in this process, or to all of a tenant: then its <see cref="TenantTopic"/> stands in the job's place. A hint that something happened: the store is the truth.</summary>
public interface IJobFeed
{
    /// <summary>Listens to one job from now on.</summary>
    IJobSubscription Subscribe(string job);

    /// <summary>Wakes whoever listens to a job.</summary>
    void Hint(string job);

    /// <summary>Wakes everybody: nobody knows what has been missed.</summary>
    void HintAll();
}
