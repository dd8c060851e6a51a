namespace MPilot.Jobs.Engine.Store;

/// <summary>Who is alive: one row per process, with an epoch and a lease.</summary>
public interface INodes
{
    /// <summary>Registers a node under a new epoch, larger than every earlier one.</summary>
    /// <param name="node">The node's id.</param>
    /// <param name="now">The present.</param>
    /// <param name="leaseUntil">The epoch expires then unless renewed.</param>
    /// <param name="expireOthers">True for one who holds the data directory: every earlier epoch of any node expires at once.</param>
    Task<long> RegisterAsync(string node, DateTimeOffset now, DateTimeOffset leaseUntil, bool expireOthers, CancellationToken cancellationToken);

    /// <summary>Renews a lease. False: the epoch had expired or was superseded; its holder must stop.</summary>
    Task<bool> RenewAsync(string node, long epoch, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken);

    /// <summary>Takes over from the nodes whose epochs have expired: each is answered once, to whoever asks first.</summary>
    /// <returns>Their ids.</returns>
    Task<IReadOnlyList<string>> TakeExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
