using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>
/// What is owed to receivers outside, each with a time at which it is due. Calls throw <see cref="StoreUnavailableException"/> as those of
/// <see cref="IJobStore"/> do.
/// </summary>
/// <typeparam name="T">What is brought.</typeparam>
public interface IDueDeliveries<T>
{
    /// <summary>Receivers for whom something is due that is nobody's, by name, after the given one (exclusive).</summary>
    Task<IReadOnlyList<string>> ListDueTargetsAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes what is due for a receiver, earliest due first, that nobody has claimed and that nothing stands before. Nodes that claim at the same time
    /// get different ones.
    /// </summary>
    Task<IReadOnlyList<T>> ClaimAsync(DeliveryClaim claim, CancellationToken cancellationToken);

    /// <summary>Frees what nodes claimed whose epoch was taken over from, superseded or never registered.</summary>
    Task<int> ReleaseOrphanedAsync(CancellationToken cancellationToken);
}
