using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>One process's view of the store, with its faults.</summary>
public sealed class FaultyStore(MemoryStore disk, Faults faults) : IJobStore, IOutbox, INodes, ISigningKeys, IArtifactLedger, IGateEpochs, ITenantEvents
{
    /// <summary>Awaited before a save is carried out, so that a test can hold it.</summary>
    public Func<JobSave, Task>? Saving { get; set; }

    public Task<InsertAnswer> InsertAsync(JobInsert insert, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.InsertAsync(insert, cancellationToken));

    public async Task SaveAsync(JobSave save, CancellationToken cancellationToken)
    {
        await (Saving?.Invoke(save) ?? Task.CompletedTask);
        await faults.WriteAsync(() => disk.SaveAsync(save, cancellationToken));
    }

    public Task<JobState?> FindAsync(string tenant, string job, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.FindAsync(tenant, job, cancellationToken));

    public Task<IReadOnlyList<JobState>> ListAsync(JobQuery query, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.ListAsync(query, cancellationToken));

    public Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.LoadAsync(job, cancellationToken));

    public Task<KeyHolder?> FindKeyAsync(string tenant, string key, DateTimeOffset now, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.FindKeyAsync(tenant, key, now, cancellationToken));

    public Task<IReadOnlyList<string>> ListUnfinishedAsync(string? after, int limit, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.ListUnfinishedAsync(after, limit, cancellationToken));

    public Task<IReadOnlyList<string>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.ListDueAsync(now, limit, cancellationToken));

    public Task<IReadOnlyList<OrphanedAttempt>> ListOrphanedAsync(OrphanedAttempt? after, int limit, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.ListOrphanedAsync(after, limit, cancellationToken));

    public Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string job, long after, int limit, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.ReadEventsAsync(job, after, limit, cancellationToken));

    public Task<long> FindEndAsync(CancellationToken cancellationToken) => faults.ReadAsync(() => disk.FindEndAsync(cancellationToken));

    public Task<TenantEventPage> ReadAsync(string tenant, long after, int limit, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.ReadAsync(tenant, after, limit, cancellationToken));

    public Task NoteAnswersAsync(IReadOnlyCollection<AnswerNote> notes, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.NoteAnswersAsync(notes, cancellationToken));

    public Task<int> OrphanAnswersAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.OrphanAnswersAsync(now, cancellationToken));

    public Task<int> PruneAsync(
        DateTimeOffset now, DateTimeOffset eventsBefore, DateTimeOffset jobsBefore, int limit, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.PruneAsync(now, eventsBefore, jobsBefore, limit, cancellationToken));

    public Task ClaimAsync(NodeEpoch node, CancellationToken cancellationToken) => disk.ClaimAsync(node, cancellationToken);

    public Task ReleaseAsync(NodeEpoch node, CancellationToken cancellationToken) => disk.ReleaseAsync(node, cancellationToken);

    public Task<IReadOnlyList<OutboxRow>> ReadAsync(NodeEpoch node, int limit, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.ReadAsync(node, limit, cancellationToken));

    public Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken) => faults.ReadAsync(() => disk.MeasureAsync(cancellationToken));

    public Task DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.DeleteAsync(ids, cancellationToken));

    public Task<long> RegisterAsync(
        string node, DateTimeOffset leaseUntil, bool expireOthers, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.RegisterAsync(node, leaseUntil, expireOthers, cancellationToken));

    /// <summary>Part of every sweep, and no step of any job: fails as reads do.</summary>
    public Task<IReadOnlyList<string>> TakeOverAsync(DateTimeOffset? leaseOverBy, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.TakeOverAsync(leaseOverBy, cancellationToken));

    public Task LeaveAsync(string node, long epoch, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.LeaveAsync(node, epoch, cancellationToken));

    public Task<bool> RenewAsync(string node, long epoch, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.RenewAsync(node, epoch, leaseUntil, cancellationToken));

    public Task<long> OpenAsync(string provider, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.OpenAsync(provider, cancellationToken));

    public Task<IReadOnlyList<CallInFlight>> ListInFlightAsync(string provider, DateTimeOffset lostSince, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.ListInFlightAsync(provider, lostSince, cancellationToken));

    public Task<IReadOnlyList<SigningKey>> EnsureAsync(SigningKey candidate, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.EnsureAsync(candidate, cancellationToken));

    public Task AddAsync(IReadOnlyCollection<ArtifactRecord> artifacts, DateTimeOffset until, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.AddAsync(artifacts, until, cancellationToken));

    public Task<ArtifactLife?> FindAsync(string id, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.FindAsync(id, cancellationToken));

    public Task<IReadOnlyList<string>> MarkDeletingAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.MarkDeletingAsync(now, limit, cancellationToken));

    public Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => faults.WriteAsync(() => disk.RemoveAsync(ids, cancellationToken));

    public Task<IReadOnlyList<string>> FilterUnknownAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        => faults.ReadAsync(() => disk.FilterUnknownAsync(ids, cancellationToken));
}
