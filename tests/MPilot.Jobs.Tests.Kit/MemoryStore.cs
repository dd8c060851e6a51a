using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Files;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>The store ports over plain memory: every call is one atomic step under one lock. It plays the disk that outlives a process.</summary>
public sealed partial class MemoryStore : IJobStore, IOutbox, INodes, ISigningKeys, IArtifactLedger, IFileStore, IPurchaseLedger, IWebhookEndpoints,
    IDeliveries, IBucketPuts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JobState> _jobs = new(StringComparer.Ordinal);
    private readonly List<string> _accepted = [];
    private readonly Dictionary<string, List<JobEvent>> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, string Key), (IdempotencyKey Key, string Job)> _keys = [];
    private readonly List<OutboxRow> _outbox = [];
    private readonly List<(Func<bool> Holds, TaskCompletionSource Seen)> _watchers = [];
    private long _lastOutbox;

    /// <summary>All jobs, in accept order.</summary>
    public ImmutableArray<JobState> Jobs
    {
        get
        {
            lock (_gate)
            {
                return [.. _accepted.Select(j => _jobs[j])];
            }
        }
    }

    /// <summary>Whether every call of a port fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>All events of a job.</summary>
    public ImmutableArray<JobEvent> EventsOf(string job)
    {
        lock (_gate)
        {
            return [.. _events.GetValueOrDefault(job) ?? []];
        }
    }

    /// <summary>The job as stored.</summary>
    public JobState Job(string job)
    {
        lock (_gate)
        {
            return _jobs[job];
        }
    }

    /// <summary>Completes once a stored job is as wanted.</summary>
    public async Task<JobState> WhenAsync(string job, Func<JobState, bool> wanted)
    {
        JobState? seen = null;
        await WhenAsync(() => _jobs.TryGetValue(job, out seen) && wanted(seen));
        return seen!;
    }

    /// <summary>Completes once a job is final.</summary>
    public Task<JobState> WhenFinalAsync(string job) => WhenAsync(job, s => s.IsFinal);

    /// <summary>Completes once every event was delivered.</summary>
    public Task WhenOutboxIsEmptyAsync() => WhenAsync(() => _outbox.Count == 0);

    /// <summary>Puts a job there as if it had always been, also while the store is away, and adds events to its own.</summary>
    public void Put(JobState state, params ImmutableArray<JobEvent> events)
    {
        lock (_gate)
        {
            if (!_jobs.ContainsKey(state.Id))
            {
                _accepted.Add(state.Id);
            }

            Put_NeedsLock(state, events);
            WakeWatchers_NeedsLock();
        }
    }

    public Task<InsertAnswer> InsertAsync(JobInsert insert, CancellationToken cancellationToken)
        => Atomically<InsertAnswer>(() =>
        {
            var state = insert.State;
            if (Earlier_NeedsLock(insert) is { } earlier)
            {
                insert.Adopt.ToList().ForEach(artifact => Limit_NeedsLock(artifact, DateTimeOffset.UnixEpoch));
                return earlier;
            }

            if (_jobs.ContainsKey(state.Id))
            {
                throw new InvalidOperationException($"{state.Id} was inserted before.");
            }

            Adopt_NeedsLock(state.Id, insert.Adopt);
            _accepted.Add(state.Id);
            if (insert.Key is { } taken)
            {
                _keys[(state.Tenant, taken.Key)] = (taken, state.Id);
            }

            if (insert.Listener is { } listener)
            {
                _answers[state.Id] = (state.Tenant, listener, 1, AnswerStatus.Awaited);
            }

            Insert_NeedsLock(insert);
            Put_NeedsLock(state, insert.Events);
            return new InsertAnswer.Inserted();
        });

    public Task SaveAsync(JobSave save, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var state = save.State;
            if (!_jobs.TryGetValue(state.Id, out var stored) || stored.Version != state.Version - 1)
            {
                throw new VersionConflictException($"{state.Id} is not at version {state.Version - 1}.");
            }

            if (save.Fence is { } fence && _gateEpochs.GetValueOrDefault(fence.Provider) != fence.Epoch)
            {
                throw new GateMovedException($"The gate of {fence.Provider} has moved.");
            }

            Adopt_NeedsLock(state.Id, save.Adopt);
            if (save.KeepUntil is { } until)
            {
                Limit_NeedsLock(state.Id, until);
            }

            Put_NeedsLock(state, save.Events, save.KeepUntil);
            return true;
        });

    public Task<JobState?> FindAsync(string tenant, string job, CancellationToken cancellationToken)
        => Atomically(() => _jobs.GetValueOrDefault(job) is { } state && state.Tenant == tenant ? state : null);

    public Task<IReadOnlyList<JobState>> ListAsync(JobQuery query, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<JobState>>(() =>
        [
            .. _jobs.Values
                .Where(j => j.Tenant == query.Tenant
                    && (query.Status is null || j.Status == query.Status)
                    && (query.Model is null || j.ModelRequested == query.Model)
                    && (query.RequestId is null || j.RequestId == query.RequestId)
                    && (query.After is null || string.CompareOrdinal(j.Id, query.After) < 0))
                .OrderByDescending(j => j.Id, StringComparer.Ordinal)
                .Take(query.Limit),
        ]);

    public Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken)
        => Atomically(() => _jobs.GetValueOrDefault(job));

    public Task<KeyHolder?> FindKeyAsync(string tenant, string key, DateTimeOffset now, CancellationToken cancellationToken)
        => Atomically(() => FindKey_NeedsLock(tenant, key, now));

    public Task<IReadOnlyList<string>> ListUnfinishedAsync(string? after, int limit, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<string>>(
            () => [.. _accepted.Skip(after is null ? 0 : _accepted.IndexOf(after) + 1).Where(j => !_jobs[j].IsFinal).Take(limit)]);

    public Task<IReadOnlyList<string>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<string>>(
            () => [.. _jobs.Values.Where(j => j.DueAt <= now).OrderBy(j => j.DueAt).Take(limit).Select(j => j.Id)]);

    public Task<IReadOnlyList<OrphanedAttempt>> ListOrphanedAsync(OrphanedAttempt? after, int limit, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<OrphanedAttempt>>(() =>
        [
            .. from job in _jobs.Values.OrderBy(j => j.Id, StringComparer.Ordinal)
               from attempt in job.Attempts
               where attempt.IsInFlight && !IsAlive_NeedsLock(attempt.Node, attempt.Epoch)
               where after is null || (string.CompareOrdinal(job.Id, after.Job), attempt.Number - after.Attempt) is ( > 0, _) or (0, > 0)
               select new OrphanedAttempt(job.Id, attempt.Number, attempt.Epoch!.Value),
        ]);

    public Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string job, long after, int limit, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<JobEvent>>(() => [.. (_events.GetValueOrDefault(job) ?? []).Where(e => e.Sequence > after).Take(limit)]);

    public Task<int> PruneAsync(
        DateTimeOffset now, DateTimeOffset eventsBefore, DateTimeOffset jobsBefore, int limit, CancellationToken cancellationToken)
        => Atomically(() =>
        {
            var keys = _keys.Where(k => k.Value.Key.ExpiresAt <= now).Select(k => k.Key).Take(limit).ToList();
            keys.ForEach(k => _keys.Remove(k));
            var jobs = _jobs.Values.Where(j => j.CompletedAt < jobsBefore && !IsToldOf_NeedsLock(j.Id)).Select(j => j.Id).Take(limit).ToList();
            jobs.ForEach(j => _ = _jobs.Remove(j) && _answers.Remove(j));
            jobs.ForEach(DropPuts_NeedsLock);
            _accepted.RemoveAll(jobs.Contains);
            var events = _events.Values.Sum(e => e.RemoveAll(x => x.At < eventsBefore));
            _told.RemoveAll(t => jobs.Contains(t.Event.Job) || t.Event.Event.At < eventsBefore);
            return keys.Count + jobs.Count + events;
        });

    /// <summary>What waits to be delivered, oldest first.</summary>
    public ImmutableArray<OutboxRow> Outbox
    {
        get
        {
            lock (_gate)
            {
                return [.. _outbox];
            }
        }
    }

    public Task ClaimAsync(NodeEpoch node, CancellationToken cancellationToken) => Atomically(() => true);

    public Task ReleaseAsync(NodeEpoch node, CancellationToken cancellationToken) => Atomically(() => true);

    public Task<IReadOnlyList<OutboxRow>> ReadAsync(NodeEpoch node, int limit, CancellationToken cancellationToken)
        => Atomically<IReadOnlyList<OutboxRow>>(() => IsAlive_NeedsLock(node.Node, node.Epoch) ? [.. _outbox.Take(limit)] : []);

    public Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
        => Atomically(() => new OutboxBacklog(_outbox.Count, _outbox.Count > 0 ? _outbox[0].Event.At : null));

    public Task DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        => Atomically(() => _outbox.RemoveAll(r => ids.Contains(r.Id)));

    private bool IsToldOf_NeedsLock(string job) => _deliveries.Values.Any(d => d.Job == job && d.Status == DeliveryStatus.Pending);

    private void Put_NeedsLock(JobState state, ImmutableArray<JobEvent> events, DateTimeOffset? until = null)
    {
        _jobs[state.Id] = state;
        Buy_NeedsLock(state);
        if (!_events.TryGetValue(state.Id, out var stored))
        {
            _events[state.Id] = stored = [];
        }

        stored.AddRange(events);
        var rows = events.Select(e => new OutboxRow(++_lastOutbox, state.Tenant, state.Id, e)).ToList();
        _outbox.AddRange(rows);
        Tell_NeedsLock(rows);
        Insert_NeedsLock(DeliveryPlan.Of(state, events, EndpointsOf_NeedsLock(state.Tenant)));
        Go_NeedsLock(state, events, until);
    }

    private async Task WhenAsync(Func<bool> holds)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (holds())
            {
                return;
            }

            _watchers.Add((holds, seen));
        }

        await seen.Task;
    }

    private Task<T> Atomically<T>(Func<T> step)
    {
        if (IsAway)
        {
            return Task.FromException<T>(new StoreUnavailableException("The store is away."));
        }

        lock (_gate)
        {
            try
            {
                var answer = step();
                WakeWatchers_NeedsLock();
                return Task.FromResult(answer);
            }
            catch (Exception failure)
            {
                return Task.FromException<T>(failure);
            }
        }
    }

    private void WakeWatchers_NeedsLock()
    {
        foreach (var watcher in _watchers.Where(w => w.Holds()).ToList())
        {
            _watchers.Remove(watcher);
            watcher.Seen.SetResult();
        }
    }
}
