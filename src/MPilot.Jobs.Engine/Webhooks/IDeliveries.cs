using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>
/// Deliveries and the log of their tries; an earlier event of the same job stands before a later one at a receiver. Those of a job are inserted by <see cref="IJobStore"/>, in the transaction that stores the event, as
/// <see cref="DeliveryPlan"/> says. Every write is one durable transaction; calls throw <see cref="StoreUnavailableException"/> as those of
/// <see cref="IJobStore"/> do.
/// </summary>
public interface IDeliveries : IDueDeliveries<Delivery>
{
    /// <summary>Stores a delivery that is about no job.</summary>
    Task AddAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>The delivery as its owner may see it, or <c>null</c>.</summary>
    Task<Delivery?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken);

    /// <summary>The tries of a delivery, by number.</summary>
    Task<IReadOnlyList<DeliveryAttempt>> ListAttemptsAsync(string delivery, CancellationToken cancellationToken);

    /// <summary>Starts a final delivery anew.</summary>
    Task<RedeliverAnswer> RedeliverAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Starts anew what was given up.</summary>
    /// <returns>How many deliveries.</returns>
    Task<int> RedeliverAsync(FailedDeliveries failed, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a try and what becomes of its delivery, which nobody claims any more. A delivery that is given up is told of to the endpoints that want
    /// to know; a receiver that wants nothing any more is disabled.
    /// </summary>
    /// <returns>False: the claim was lost; nothing was written.</returns>
    Task<bool> RecordAsync(DeliveryRecord record, CancellationToken cancellationToken);

    /// <summary>Deletes final deliveries that ended before then, with their tries, at most so many.</summary>
    /// <returns>How many deliveries went.</returns>
    Task<int> PruneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
