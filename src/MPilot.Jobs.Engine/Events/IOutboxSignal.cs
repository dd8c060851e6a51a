namespace MPilot.Jobs.Engine.Events;

/// <summary>Hears of commits at once: listeners of the job in this process are woken, and the outbox relay. Hints: both also look by themselves.</summary>
public interface IOutboxSignal
{
    /// <summary>Events of a job were committed.</summary>
    void Committed(string job);
}
