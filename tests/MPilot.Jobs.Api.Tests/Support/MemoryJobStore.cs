using System.Collections.Concurrent;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>Jobs in memory.</summary>
internal sealed class MemoryJobStore : IJobStore
{
    private readonly ConcurrentDictionary<string, JobState> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KeyHolder> _keys = new(StringComparer.Ordinal);

    public IReadOnlyCollection<JobState> Jobs => [.. _jobs.Values];

    public bool IsAway { get; set; }

    /// <summary>Puts a job there as if it had always been.</summary>
    public void Put(JobState state) => _jobs[state.Id] = state;

    public Task<InsertAnswer> InsertAsync(JobInsert insert, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        if (insert.Key is { } key && !_keys.TryAdd(key.Key, new(insert.State.Id, key.Fingerprint)))
        {
            var holder = _keys[key.Key];
            return Task.FromResult<InsertAnswer>(holder.Fingerprint == key.Fingerprint ? new InsertAnswer.Repeats(holder.Job) : new InsertAnswer.KeyReused());
        }

        Put(insert.State);
        return Task.FromResult<InsertAnswer>(new InsertAnswer.Inserted());
    }

    public Task SaveAsync(JobSave save, CancellationToken cancellationToken)
    {
        Put(save.State);
        return Task.CompletedTask;
    }

    public async Task<JobState?> FindAsync(string tenant, string job, CancellationToken cancellationToken)
        => await LoadAsync(job, cancellationToken) is { } state && state.Tenant == tenant ? state : null;

    public Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult(_jobs.GetValueOrDefault(job));
    }

    public Task<KeyHolder?> FindKeyAsync(string tenant, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult(_keys.GetValueOrDefault(key));
    }

    public Task<IReadOnlyList<string>> ListUnfinishedAsync(string? after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<OrphanedAttempt>> ListOrphanedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string job, long after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> PruneAsync(
        DateTimeOffset now, DateTimeOffset eventsBefore, DateTimeOffset jobsBefore, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new StoreUnavailableException("The store is away.");
        }
    }
}
