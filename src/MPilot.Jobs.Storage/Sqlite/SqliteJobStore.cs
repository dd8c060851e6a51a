using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IJobStore"/>
public sealed class SqliteJobStore(SqliteDatabase database) : IJobStore
{
    /// <summary>Sorts behind every id: the page starts at the newest.</summary>
    private const string AfterAll = "~";

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
        => database.ReadAsync(session => session.Prepare(JobSql.Find).Bind(job).Bind(tenant).First(ReadState), cancellationToken);

    public async Task<IReadOnlyList<JobState>> ListAsync(JobQuery query, CancellationToken cancellationToken)
        => await database.ReadAsync(session => Page(session, query).Bind(query.After ?? AfterAll).Bind(query.Limit).All(ReadState), cancellationToken);

    public Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(JobSql.Load).Bind(job).First(ReadState), cancellationToken);

    public Task<KeyHolder?> FindKeyAsync(string tenant, string key, DateTimeOffset now, CancellationToken cancellationToken)
        => database.ReadAsync(session => FindKey(session, tenant, key, now), cancellationToken);

    public async Task<IReadOnlyList<string>> ListUnfinishedAsync(string? after, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.Prepare(JobSql.ListUnfinished).Bind(after ?? "").Bind(limit).All(row => row.TextAt(0)), cancellationToken);

    public async Task<IReadOnlyList<string>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(session => session.Prepare(JobSql.ListDue).Bind(now).Bind(limit).All(row => row.TextAt(0)), cancellationToken);

    public async Task<IReadOnlyList<OrphanedAttempt>> ListOrphanedAsync(DateTimeOffset now, OrphanedAttempt? after, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.Prepare(PurchaseSql.ListOrphaned).Bind(now).Bind(after?.Job ?? "").Bind(after?.Attempt ?? 0).Bind(limit)
                .All(row => new OrphanedAttempt(row.TextAt(0), (int)row.NumberAt(1)!, (long)row.NumberAt(2)!)),
            cancellationToken);

    public async Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string job, long after, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.Prepare(JobSql.ReadEvents).Bind(job).Bind(after).Bind(limit).All(row => JobEventJson.Read(row.BytesAt(0))),
            cancellationToken);

    public Task NoteAnswersAsync(IReadOnlyCollection<AnswerNote> notes, CancellationToken cancellationToken)
        => database.WriteAsync(session => AnswerRows.Note(session, notes), cancellationToken);

    public Task<int> OrphanAnswersAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => database.WriteAsync(session => AnswerRows.Orphan(session, now), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, DateTimeOffset eventsBefore, DateTimeOffset jobsBefore, int limit, CancellationToken cancellationToken)
        => database.WriteAsync(session => Prune(session, now, eventsBefore, jobsBefore, limit), cancellationToken);

    /// <summary>The statement for which the filters at hand are one range of an index, bound up to them.</summary>
    private static SqliteStatement Page(SqliteSession session, JobQuery query)
    {
        var status = query.Status is { } wanted ? StoredName<JobStatus>.Of(wanted) : null;
        return query switch
        {
            { RequestId: { } request } => session.Prepare(JobSql.ListByRequest).Bind(query.Tenant).Bind(request).Bind(status).Bind(query.Model),
            { Model: { } model } when status is not null => session.Prepare(JobSql.ListByStatusAndModel).Bind(query.Tenant).Bind(status).Bind(model),
            { Model: { } model } => session.Prepare(JobSql.ListByModel).Bind(query.Tenant).Bind(model),
            _ when status is not null => session.Prepare(JobSql.ListByStatus).Bind(query.Tenant).Bind(status),
            _ => session.Prepare(JobSql.List).Bind(query.Tenant),
        };
    }

    private static InsertAnswer Insert(SqliteSession session, JobInsert insert, JobRows rows)
    {
        if (Earlier(session, insert) is { } earlier)
        {
            LetGo(session, insert);
            return earlier;
        }

        var state = insert.State;
        if (insert.Key is { } key)
        {
            session.Prepare(JobSql.TakeKey).Bind(state.Tenant).Bind(key.Key).Bind(key.Fingerprint).Bind(state.Id).Bind(key.ExpiresAt).Run();
        }

        rows.Insert(session);
        if (insert.Listener is { } listener)
        {
            AnswerRows.Insert(session, state, listener);
        }

        ArtifactRefs.Adopt(session, state, insert.Adopt);
        return new InsertAnswer.Inserted();
    }

    /// <summary>What the insert is instead of a new job, or <c>null</c>.</summary>
    private static InsertAnswer? Earlier(SqliteSession session, JobInsert insert)
    {
        var state = insert.State;
        if (insert.Key is { } key)
        {
            var holder = FindKey(session, state.Tenant, key.Key, state.CreatedAt);
            if (holder is not null && holder.Fingerprint != key.Fingerprint)
            {
                return new InsertAnswer.KeyReused();
            }

            if (holder is { MayRunAgain: false })
            {
                return new InsertAnswer.Repeats(holder.Job);
            }
        }

        return insert.Listener is { } listener ? AnswerRows.FindEarlier(session, state, listener) : null;
    }

    /// <summary>What was uploaded for a job that is not made no longer keeps itself.</summary>
    private static void LetGo(SqliteSession session, JobInsert insert)
    {
        foreach (var artifact in insert.Adopt)
        {
            ArtifactRefs.EndAt(session, artifact, DateTimeOffset.UnixEpoch);
        }
    }

    private static bool Save(SqliteSession session, JobSave save, JobRows rows)
    {
        rows.Update(session);
        ArtifactRefs.Adopt(session, save.State, save.Adopt);
        if (save.KeepUntil is { } until)
        {
            ArtifactRefs.EndAt(session, save.State.Id, until);
        }

        return true;
    }

    private static int Prune(SqliteSession session, DateTimeOffset now, DateTimeOffset eventsBefore, DateTimeOffset jobsBefore, int limit)
    {
        var keys = session.Prepare(JobSql.PruneKeys).Bind(now).Bind(limit).Run();
        var events = session.Prepare(JobSql.PruneEvents).Bind(eventsBefore).Bind(limit).Run();
        var jobs = session.Prepare(JobSql.ListPrunable).Bind(jobsBefore).Bind(limit).All(row => row.TextAt(0));
        foreach (var job in jobs)
        {
            session.Prepare(JobSql.DeleteEvents).Bind(job).Run();
            session.Prepare(JobSql.DeleteKeys).Bind(job).Run();
            session.Prepare(AnswerSql.Delete).Bind(job).Run();
            session.Prepare(JobSql.Delete).Bind(job).Run();

            // Left for the sweeper, which has to delete bytes as well.
            ArtifactRefs.EndAt(session, job, DateTimeOffset.UnixEpoch);
        }

        return keys + events + jobs.Count;
    }

    private static KeyHolder? FindKey(SqliteSession session, string tenant, string key, DateTimeOffset now)
        => session.Prepare(JobSql.FindKey).Bind(tenant).Bind(key).Bind(now)
            .First(row => new KeyHolder(row.TextAt(0), row.TextAt(1), JobStateJson.Read(row.BytesAt(2)).MayRunAgain));

    private static JobState ReadState(SqliteStatement row) => JobStateJson.Read(row.BytesAt(0));
}
