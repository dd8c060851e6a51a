namespace MPilot.Jobs.Engine.Events;

/// <summary>
/// Tells the other nodes of one store that a job has changed; whoever listens to it there looks at once. A hint: one that is lost costs the time until
/// they look by themselves.
/// </summary>
public interface IStoreHints
{
    /// <summary>Whether what other nodes tell is heard here at the moment. Whoever waits for a job is woken when that changes: something may have been missed.</summary>
    bool AreHeard { get; }

    /// <summary>Returns at once; many jobs are told of together. Called after the commit, with the job and with its <see cref="TenantTopic"/>.</summary>
    void Announce(string job);
}
