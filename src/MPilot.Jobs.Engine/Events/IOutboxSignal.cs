namespace MPilot.Jobs.Engine.Events;

/// <summary>Tells the outbox relay that rows were committed. A hint: the relay also looks by itself.</summary>
public interface IOutboxSignal
{
    void Committed();
}
