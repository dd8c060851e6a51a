using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Store;

/// <summary>
/// Where jobs are true. Every write is one durable transaction; when a call returns, it is on disk.
/// Calls throw <see cref="StoreUnavailableException"/> when the store cannot be reached, is locked or full.
/// Time is always passed in.
/// </summary>
public interface IJobStore
{
    /// <summary>Accepts a job, or says whose repeat it is: by key, or without one by <see cref="AttachRule"/>. The same request takes a key over from a job that may run again. A key whose <see cref="IdempotencyKey.ExpiresAt"/> is not after <c>State.CreatedAt</c> is free.</summary>
    /// <exception cref="Artifacts.ArtifactGoneException">An artifact to adopt is missing or being deleted; nothing was written.</exception>
    Task<InsertAnswer> InsertAsync(JobInsert insert, CancellationToken cancellationToken);

    /// <summary>Stores a transition.</summary>
    /// <exception cref="VersionConflictException">The stored version is not one less than the new one; nothing was written.</exception>
    /// <exception cref="GateMovedException">The save is fenced and the gate has a newer epoch; nothing was written.</exception>
    /// <exception cref="Artifacts.ArtifactGoneException">As for an insert.</exception>
    Task SaveAsync(JobSave save, CancellationToken cancellationToken);

    /// <summary>The job as its owner may see it, or <c>null</c>: another tenant's job does not exist.</summary>
    Task<JobState?> FindAsync(string tenant, string job, CancellationToken cancellationToken);

    /// <summary>A tenant's jobs, newest first: by id, which ends in the time it was made.</summary>
    Task<IReadOnlyList<JobState>> ListAsync(JobQuery query, CancellationToken cancellationToken);

    /// <summary>The job for the engine, whoever owns it, or <c>null</c>.</summary>
    Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken);

    /// <summary>The job whose key this is, while the key lives, with the fingerprint it was accepted under.</summary>
    Task<KeyHolder?> FindKeyAsync(string tenant, string key, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ids of jobs that are not final, in accept order, after the given id (exclusive), at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<string>> ListUnfinishedAsync(string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Ids of jobs whose due time has come, earliest due first.</summary>
    Task<IReadOnlyList<string>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Attempts in flight (also of final jobs) whose node epoch was taken over from, superseded or never registered, by job and number, after the given one (exclusive).</summary>
    Task<IReadOnlyList<OrphanedAttempt>> ListOrphanedAsync(OrphanedAttempt? after, int limit, CancellationToken cancellationToken);

    /// <summary>Events of a job after a sequence number, in order.</summary>
    Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string job, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Stores what became of answers, all or nothing. A note of a listener after whom another came changes nothing.</summary>
    Task NoteAnswersAsync(IReadOnlyCollection<AnswerNote> notes, CancellationToken cancellationToken);

    /// <summary>Nobody listens any more where the listener's node epoch was taken over from, superseded or never registered.</summary>
    /// <returns>How many answers are orphaned by it.</returns>
    Task<int> OrphanAnswersAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes expired idempotency keys, events older than <paramref name="eventsBefore"/> and final jobs completed before <paramref name="jobsBefore"/>, at most <paramref name="limit"/> rows of each.</summary>
    /// <returns>How many rows went.</returns>
    Task<int> PruneAsync(DateTimeOffset now, DateTimeOffset eventsBefore, DateTimeOffset jobsBefore, int limit, CancellationToken cancellationToken);
}
