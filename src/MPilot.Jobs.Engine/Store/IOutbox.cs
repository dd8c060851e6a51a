namespace MPilot.Jobs.Engine.Store;

/// <summary>Events not yet delivered, written in the transaction that stored them.</summary>
public interface IOutbox
{
    /// <summary>The oldest rows, in the order they were committed (and so in sequence order per job).</summary>
    Task<IReadOnlyList<OutboxRow>> ReadAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Removes delivered rows.</summary>
    Task DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>How much waits, and since when. Cheap enough to be asked every second.</summary>
    Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken);
}
