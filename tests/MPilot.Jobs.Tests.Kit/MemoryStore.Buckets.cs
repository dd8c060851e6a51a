using System.Collections.Immutable;

using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Pictures on their way to buckets, in memory.</summary>
public sealed partial class MemoryStore
{
    private readonly SortedDictionary<string, BucketPut> _puts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Node, long Epoch)> _putClaims = new(StringComparer.Ordinal);

    /// <summary>All puts, by job and slot.</summary>
    public ImmutableArray<BucketPut> Puts
    {
        get
        {
            lock (_gate)
            {
                return [.. _puts.Values];
            }
        }
    }

    /// <summary>Those of them that are claimed.</summary>
    public ImmutableArray<BucketPut> ClaimedPuts
    {
        get
        {
            lock (_gate)
            {
                return [.. _putClaims.Keys.Select(id => _puts[id])];
            }
        }
    }

    /// <summary>Completes once the puts are as wanted.</summary>
    public Task WhenPutsAsync(Func<IReadOnlyCollection<BucketPut>, bool> wanted) => WhenAsync(() => wanted(_puts.Values));

    /// <summary>Completes once nobody is trying any.</summary>
    public Task WhenNoPutIsClaimedAsync() => WhenAsync(() => _putClaims.Count == 0);

    Task<IReadOnlyList<BucketPut>> IBucketPuts.ListAsync(string job, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<BucketPut>>(() => PutsOf_NeedsLock(job));

    Task<bool> IBucketPuts.RecordAsync(BucketRecord record, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var (put, move, tried) = (record.Put, record.Move, record.Try);
            if (!_putClaims.TryGetValue(put.Id, out var claim) || claim != (record.Node, record.Epoch))
            {
                return false;
            }

            var isPending = move.Status == BucketPutStatus.Pending;
            _putClaims.Remove(put.Id);
            _puts[put.Id] = _puts[put.Id] with
            {
                Status = move.Status, Outcome = tried.Outcome, DueAt = move.DueAt, Attempts = put.Attempts + 1, EndedAt = isPending ? null : tried.EndedAt,
                Url = isPending ? put.Url : null,
            };
            var puts = PutsOf_NeedsLock(put.Job);
            if (_jobs.GetValueOrDefault(put.Job) is { } job)
            {
                Insert_NeedsLock(DeliveryPlan.Of(job, puts, EndpointsOf_NeedsLock(job.Tenant), tried.EndedAt));
            }

            return true;
        });

    Task<IReadOnlyList<string>> IDueDeliveries<BucketPut>.ListDueTargetsAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<string>>(() =>
        [
            .. _puts.Values.Where(p => IsDue_NeedsLock(p, now) && string.CompareOrdinal(p.Target, after) > 0)
                .Select(p => p.Target).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(limit),
        ]);

    Task<IReadOnlyList<BucketPut>> IDueDeliveries<BucketPut>.ClaimAsync(DeliveryClaim claim, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<BucketPut>>(() =>
        {
            if (!IsAlive_NeedsLock(claim.Node, claim.Epoch))
            {
                return [];
            }

            var taken = _puts.Values
                .Where(p => p.Target == claim.Target && IsDue_NeedsLock(p, claim.DueBy ?? claim.Now))
                .OrderBy(p => p.DueAt).ThenBy(p => p.Id, StringComparer.Ordinal).Take(claim.Limit).ToList();
            taken.ForEach(p => _putClaims[p.Id] = (claim.Node, claim.Epoch));
            return taken;
        });

    Task<int> IDueDeliveries<BucketPut>.ReleaseOrphanedAsync(CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var gone = _putClaims.Where(c => !IsAlive_NeedsLock(c.Value.Node, c.Value.Epoch)).Select(c => c.Key).ToList();
            gone.ForEach(id => _putClaims.Remove(id));
            return gone.Count;
        });

    private List<BucketPut> PutsOf_NeedsLock(string job) => [.. _puts.Values.Where(p => p.Job == job).OrderBy(p => p.Slot)];

    private bool IsDue_NeedsLock(BucketPut put, DateTimeOffset now)
        => put.Status == BucketPutStatus.Pending && put.DueAt <= now && !_putClaims.ContainsKey(put.Id);

    private void Insert_NeedsLock(JobInsert insert)
    {
        foreach (var put in BucketPlan.Of(insert.State, insert.BucketUrls))
        {
            _puts.Add(put.Id, put);
        }
    }

    private void Go_NeedsLock(JobState job, IEnumerable<JobEvent> events, DateTimeOffset? until)
    {
        if (!BucketPlan.Concerns(job, events))
        {
            return;
        }

        foreach (var id in BucketPlan.Going(job).Select(slot => BucketPut.IdOf(job.Id, slot)))
        {
            _puts[id] = _puts[id] with { Status = BucketPutStatus.Pending, DueAt = job.CompletedAt, Until = until };
        }

        PutsOf_NeedsLock(job.Id).FindAll(p => p.Status == BucketPutStatus.Waiting).ForEach(p => _puts.Remove(p.Id));
    }

    private void DropPuts_NeedsLock(string job) => PutsOf_NeedsLock(job).ForEach(p => _ = _puts.Remove(p.Id) && _putClaims.Remove(p.Id));
}
