namespace MPilot.Jobs.Engine.Store;

/// <summary>
/// Who is alive: one row per process, with an epoch and a lease. A node lives until it is taken over from, also with its lease over: that nobody could renew
/// while the store was away ends nobody.
/// </summary>
public interface INodes
{
    /// <summary>Registers a node under a new epoch, larger than every earlier one.</summary>
    /// <param name="node">The node's id.</param>
    /// <param name="leaseUntil">From then on it may be taken over from, unless renewed.</param>
    /// <param name="expireOthers">True for one who holds the data directory: every earlier epoch of any node is taken over from at once.</param>
    Task<long> RegisterAsync(string node, DateTimeOffset leaseUntil, bool expireOthers, CancellationToken cancellationToken);

    /// <summary>Renews a lease. False: the epoch was taken over from or superseded; its holder must stop.</summary>
    Task<bool> RenewAsync(string node, long epoch, DateTimeOffset leaseUntil, CancellationToken cancellationToken);

    /// <summary>Gives a lease up, for others to take over at once.</summary>
    Task LeaveAsync(string node, long epoch, CancellationToken cancellationToken);

    /// <summary>Takes over from nodes, each of which is answered once, to whoever asks first.</summary>
    /// <param name="leaseOverBy">From those whose lease was over by then; <c>null</c>: only from those that left.</param>
    /// <returns>Their ids.</returns>
    Task<IReadOnlyList<string>> TakeOverAsync(DateTimeOffset? leaseOverBy, CancellationToken cancellationToken);
}
