namespace MPilot.Jobs.Engine.Events;

/// <summary>
/// Tells the other nodes of one store that a job has changed; whoever listens to it there looks at once. A hint: one that is lost costs the time until
/// they look by themselves.
/// </summary>
public interface IStoreHints
{
    /// <summary>Returns at once; many jobs are told of together. Called after the commit.</summary>
    void Announce(string job);
}
