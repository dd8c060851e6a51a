using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Engine.Store;

/// <summary>
/// Events not yet delivered, written in the transaction that stored them. Where several nodes deliver, each does it for the jobs of the shards it holds:
/// all events of a job are in one shard, and a shard is held by one epoch at most.
/// </summary>
public interface IOutbox
{
    /// <summary>
    /// Brings what a node holds to its share: takes shards that no living epoch holds, and hands back those it has too many of. Called again and again,
    /// and never between a read and the end of what is done with its rows. A node that was taken over from holds nothing.
    /// </summary>
    Task ClaimAsync(NodeEpoch node, CancellationToken cancellationToken);

    /// <summary>Hands back all a node holds, so that others need not wait until it is taken over from.</summary>
    Task ReleaseAsync(NodeEpoch node, CancellationToken cancellationToken);

    /// <summary>The oldest rows of the shards a living node holds, in the order they were committed (and so in sequence order per job).</summary>
    Task<IReadOnlyList<OutboxRow>> ReadAsync(NodeEpoch node, int limit, CancellationToken cancellationToken);

    /// <summary>Removes delivered rows.</summary>
    Task DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>How much waits, and since when. Cheap enough to be asked every second.</summary>
    Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken);
}
