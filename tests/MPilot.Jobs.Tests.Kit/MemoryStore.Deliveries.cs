using System.Collections.Immutable;

using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Deliveries in memory.</summary>
public sealed partial class MemoryStore
{
    private readonly SortedDictionary<string, Delivery> _deliveries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Node, long Epoch)> _claims = new(StringComparer.Ordinal);
    private readonly List<(string Delivery, DeliveryAttempt Attempt)> _tries = [];

    /// <summary>All deliveries, oldest first.</summary>
    public ImmutableArray<Delivery> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return [.. _deliveries.Values];
            }
        }
    }

    /// <summary>Those of them that are claimed.</summary>
    public ImmutableArray<Delivery> Claimed
    {
        get
        {
            lock (_gate)
            {
                return [.. _claims.Keys.Select(id => _deliveries[id])];
            }
        }
    }

    /// <summary>The tries of a delivery.</summary>
    public ImmutableArray<DeliveryAttempt> TriesOf(string delivery)
    {
        lock (_gate)
        {
            return [.. _tries.Where(t => t.Delivery == delivery).Select(t => t.Attempt)];
        }
    }

    /// <summary>Completes once the deliveries are as wanted.</summary>
    public Task WhenDeliveriesAsync(Func<IReadOnlyCollection<Delivery>, bool> wanted) => WhenAsync(() => wanted(_deliveries.Values));

    /// <summary>Completes once what is claimed differs from that.</summary>
    public Task WhenClaimsDifferAsync(IReadOnlyCollection<Delivery> known)
        => WhenAsync(() => !_claims.Keys.Select(id => _deliveries[id]).ToHashSet().SetEquals(known));

    public Task AddAsync(Delivery delivery, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            _deliveries.Add(delivery.Id, delivery);
            return true;
        });

    Task<Delivery?> IDeliveries.FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => Atomically(() => FindDelivery_NeedsLock(tenant, id));

    public Task<IReadOnlyList<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<Delivery>>(() =>
        [
            .. _deliveries.Values.Reverse().Where(d => d.Tenant == query.Tenant
                && (query.Endpoint is null || d.Endpoint == query.Endpoint)
                && (query.Job is null || d.Job == query.Job)
                && (query.Status is null || d.Status == query.Status)
                && (query.After is null || string.CompareOrdinal(d.Id, query.After) < 0)).Take(query.Limit),
        ]);

    public Task<IReadOnlyList<DeliveryAttempt>> ListAttemptsAsync(string delivery, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<DeliveryAttempt>>(() => TriesOf(delivery));

    public Task<RedeliverAnswer> RedeliverAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            if (FindDelivery_NeedsLock(tenant, id) is not { } delivery)
            {
                return RedeliverAnswer.Gone;
            }

            if (delivery.Status == DeliveryStatus.Pending)
            {
                return RedeliverAnswer.PendingAlready;
            }

            Renew_NeedsLock(delivery, now);
            return RedeliverAnswer.Pending;
        });

    public Task<int> RedeliverAsync(FailedDeliveries failed, DateTimeOffset now, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var all = _deliveries.Values.Where(d => d.Tenant == failed.Tenant && d.EndedAt >= failed.Since
                && d.Status is DeliveryStatus.Exhausted or DeliveryStatus.Discarded
                && (failed.Endpoint is null || d.Endpoint == failed.Endpoint)).ToList();
            all.ForEach(d => Renew_NeedsLock(d, now));
            return all.Count;
        });

    public Task<IReadOnlyList<string>> ListDueTargetsAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<string>>(() =>
        [
            .. _deliveries.Values.Where(d => IsDue_NeedsLock(d, now) && string.CompareOrdinal(d.Target, after) > 0)
                .Select(d => d.Target).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(limit),
        ]);

    public Task<IReadOnlyList<Delivery>> ClaimAsync(DeliveryClaim claim, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<Delivery>>(() =>
        {
            if (!IsAlive_NeedsLock(claim.Node, claim.Epoch))
            {
                return [];
            }

            var taken = _deliveries.Values
                .Where(d => d.Target == claim.Target && IsDue_NeedsLock(d, claim.DueBy ?? claim.Now) && !_deliveries.Values.Any(e => IsBefore(e, d)))
                .OrderBy(d => d.DueAt).ThenBy(d => d.Id, StringComparer.Ordinal).Take(claim.Limit).ToList();
            taken.ForEach(d => _claims[d.Id] = (claim.Node, claim.Epoch));
            return taken;
        });

    public Task<bool> RecordAsync(DeliveryRecord record, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var (delivery, move, tried) = (record.Delivery, record.Move, record.Try);
            if (!_claims.TryGetValue(delivery.Id, out var claim) || claim != (record.Node, record.Epoch))
            {
                return false;
            }

            _claims.Remove(delivery.Id);
            _deliveries[delivery.Id] = _deliveries[delivery.Id] with
            {
                Status = move.Status, Outcome = tried.Outcome, DueAt = move.DueAt ?? delivery.DueAt, Attempts = delivery.Attempts + 1,
                Tries = delivery.Tries + 1, EndedAt = move.Status == DeliveryStatus.Pending ? null : tried.EndedAt,
            };
            _tries.Add((delivery.Id, new(delivery.Attempts + 1, tried.StartedAt, tried.Duration, tried.Outcome, tried.StatusCode)));
            Follow_NeedsLock(delivery, move, tried.EndedAt);
            return true;
        });

    public Task<int> ReleaseOrphanedAsync(CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var gone = _claims.Where(c => !IsAlive_NeedsLock(c.Value.Node, c.Value.Epoch)).Select(c => c.Key).ToList();
            gone.ForEach(id => _claims.Remove(id));
            return gone.Count;
        });

    Task<int> IDeliveries.PruneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var old = _deliveries.Values.Where(d => d.EndedAt < before).OrderBy(d => d.EndedAt).Take(limit).Select(d => d.Id).ToList();
            old.ForEach(id => _deliveries.Remove(id));
            _tries.RemoveAll(t => old.Contains(t.Delivery));
            return old.Count;
        });

    private static bool IsBefore(Delivery earlier, Delivery later)
        => earlier.Status == DeliveryStatus.Pending && earlier.Job is not null && earlier.Job == later.Job && earlier.Target == later.Target
            && earlier.Sequence < later.Sequence;

    private bool IsDue_NeedsLock(Delivery delivery, DateTimeOffset now)
        => delivery.Status == DeliveryStatus.Pending && delivery.DueAt <= now && !_claims.ContainsKey(delivery.Id);

    private Delivery? FindDelivery_NeedsLock(string tenant, string id)
        => _deliveries.GetValueOrDefault(id) is { } delivery && delivery.Tenant == tenant ? delivery : null;

    private void Renew_NeedsLock(Delivery delivery, DateTimeOffset now)
        => _deliveries[delivery.Id] = delivery with { Status = DeliveryStatus.Pending, DueAt = now, EndedAt = null, Tries = 0 };

    private void Follow_NeedsLock(Delivery delivery, DeliveryMove move, DateTimeOffset at)
    {
        if (move.DisablesEndpoint && delivery.Endpoint is { } id && _endpoints.TryGetValue(id, out var endpoint) && endpoint.DisabledAt is null)
        {
            _endpoints[id] = endpoint with { DisabledAt = at, DisabledAsGone = true };
        }

        if (move.Status == DeliveryStatus.Exhausted)
        {
            Insert_NeedsLock(DeliveryPlan.Of(delivery, EndpointsOf_NeedsLock(delivery.Tenant), at));
        }
    }

    private void Insert_NeedsLock(IEnumerable<Delivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            _deliveries.Add(delivery.Id, delivery);
        }
    }
}
