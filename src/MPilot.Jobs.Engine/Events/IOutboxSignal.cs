namespace MPilot.Jobs.Engine.Events;

/// <summary>Hears of commits at once: listeners of the job and of its tenant in this process are woken, and the outbox relay. Hints: all also look by themselves.</summary>
public interface IOutboxSignal
{
    /// <summary>Events of a tenant's job were committed.</summary>
    void Committed(string tenant, string job);
}
