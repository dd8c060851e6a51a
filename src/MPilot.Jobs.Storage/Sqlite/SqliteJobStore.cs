using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IJobStore"/>
public sealed class SqliteJobStore(SqliteDatabase database) : IJobStore
{
    public Task<InsertAnswer> InsertAsync(JobInsert insert, CancellationToken cancellationToken)
    {
        var rows = new JobRows(insert.State, insert.Events);
        return database.WriteAsync(session => Insert(session, insert, rows), cancellationToken);
    }

    public Task SaveAsync(JobSave save, CancellationToken cancellationToken)
    {
        var rows = new JobRows(save.State, save.Events);
        return database.WriteAsync(session => Save(session, save, rows), cancellationToken);
    }

    public Task<JobState?> FindAsync(string tenant, string job, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(JobSql.Find).Bind(job).Bind(tenant).First(JobReading.State), cancellationToken);

    public async Task<IReadOnlyList<JobState>> ListAsync(JobQuery query, CancellationToken cancellationToken)
        => await database.ReadAsync(session => JobReading.Page(session, query).All(JobReading.State), cancellationToken);

    public Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(JobSql.Load).Bind(job).First(JobReading.State), cancellationToken);

    public Task<KeyHolder?> FindKeyAsync(string tenant, string key, DateTimeOffset now, CancellationToken cancellationToken)
        => database.ReadAsync(session => JobReading.FindKey(session, tenant, key, now).First(JobReading.Holder), cancellationToken);

    public async Task<IReadOnlyList<string>> ListUnfinishedAsync(string? after, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.Prepare(JobSql.ListUnfinished).Bind(after ?? "").Bind(limit).All(row => row.TextAt(0)), cancellationToken);

    public async Task<IReadOnlyList<string>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(session => session.Prepare(JobSql.ListDue).Bind(now).Bind(limit).All(row => row.TextAt(0)), cancellationToken);

    public async Task<IReadOnlyList<OrphanedAttempt>> ListOrphanedAsync(OrphanedAttempt? after, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.Prepare(PurchaseSql.ListOrphaned).Bind(after?.Job ?? "").Bind(after?.Attempt ?? 0).Bind(limit).All(JobReading.Orphan),
            cancellationToken);

    public async Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string job, long after, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.Prepare(JobSql.ReadEvents).Bind(job).Bind(after).Bind(limit).All(JobReading.Event),
            cancellationToken);

    public Task NoteAnswersAsync(IReadOnlyCollection<AnswerNote> notes, CancellationToken cancellationToken)
        => database.WriteAsync(session => Note(session, notes), cancellationToken);

    public Task<int> OrphanAnswersAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Prepare(AnswerSql.Orphan).Bind(now).Run(), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, DateTimeOffset eventsBefore, DateTimeOffset jobsBefore, int limit, CancellationToken cancellationToken)
        => database.WriteAsync(session => Prune(session, now, eventsBefore, jobsBefore, limit), cancellationToken);

    private static bool Note(SqliteSession session, IEnumerable<AnswerNote> notes)
    {
        AnswerRows.Note(session, notes);
        return true;
    }

    private static InsertAnswer Insert(SqliteSession session, JobInsert insert, JobRows rows)
    {
        var state = insert.State;
        if (Earlier(session, insert) is { } earlier)
        {
            // What was uploaded for a job that is not made no longer keeps itself.
            ArtifactRefs.LetGo(session, insert.Adopt);
            return earlier;
        }

        if (insert.Key is { } key)
        {
            session.Prepare(JobSql.TakeKey).Bind(state.Tenant).Bind(key.Key).Bind(key.Fingerprint).Bind(state.Id).Bind(key.ExpiresAt).Run();
        }

        RequireOne(rows.Insert(session), rows);
        rows.WriteAround(session, JobSql.InsertOutbox, TenantEventSql.Insert);
        SqliteDeliveries.Insert(session, state, insert.Events);
        BucketRows.Insert(session, insert);
        if (insert.Listener is { } listener)
        {
            AnswerRows.Insert(session, state, listener);
        }

        SqliteArtifactLedger.Adopt(session, state.Id, state.Tenant, insert.Adopt, until: null);
        return new InsertAnswer.Inserted();
    }

    /// <summary>What the insert is instead of a new job, or <c>null</c>.</summary>
    private static InsertAnswer? Earlier(SqliteSession session, JobInsert insert)
    {
        var state = insert.State;
        if (insert.Key is { } key
            && JobReading.Judge(JobReading.FindKey(session, state.Tenant, key.Key, state.CreatedAt).First(JobReading.Holder), key) is { } taken)
        {
            return taken;
        }

        return insert.Listener is { } listener ? FindEarlier(session, state, listener) : null;
    }

    private static InsertAnswer? FindEarlier(SqliteSession session, JobState asked, Listener listener)
    {
        var earlier = AnswerRows.ListEarlier(session, asked, listener).SelectMany(s => s.All(AnswerRows.ReadEarlier));
        var (job, verdict) = AnswerRows.Choose(earlier, listener, asked.CreatedAt);
        return verdict switch
        {
            AttachVerdict.Attach => new InsertAnswer.Attaches(job, (int)AnswerRows.Attach(session, job, listener, asked.CreatedAt).Number()!.Value),
            AttachVerdict.Replay => new InsertAnswer.Replays(job),
            _ => null,
        };
    }

    private static bool Save(SqliteSession session, JobSave save, JobRows rows)
    {
        if (save.Fence is { } fence && GateRows.Find(session, fence).Number() is null)
        {
            throw GateRows.Moved(fence);
        }

        RequireOne(rows.Update(session), rows);
        rows.WriteAround(session, JobSql.InsertOutbox, TenantEventSql.Insert);
        SqliteDeliveries.Insert(session, save.State, save.Events);
        BucketRows.Go(session, save);
        SqliteArtifactLedger.Adopt(session, save.State.Id, save.State.Tenant, save.Adopt, until: null);
        if (save.KeepUntil is { } until)
        {
            ArtifactRefs.EndAt(session, save.State.Id, until);
        }

        return true;
    }

    private static void RequireOne(SqliteStatement move, JobRows rows)
    {
        if (move.Run() != 1)
        {
            throw rows.Conflict;
        }
    }

    private static int Prune(SqliteSession session, DateTimeOffset now, DateTimeOffset eventsBefore, DateTimeOffset jobsBefore, int limit)
    {
        var keys = session.Prepare(JobSql.PruneKeys).Bind(now).Bind(limit).Run();
        var events = session.Prepare(JobSql.PruneEvents).Bind(eventsBefore).Bind(limit).Run();
        var jobs = session.Prepare(JobSql.ListPrunable).Bind(jobsBefore).Bind(limit).All(row => row.TextAt(0));
        jobs.ForEach(job => JobReading.Delete(session, job));
        return keys + events + jobs.Count;
    }
}
