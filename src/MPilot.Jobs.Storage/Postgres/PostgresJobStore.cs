using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Sql;

using Npgsql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IJobStore"/>
public sealed class PostgresJobStore(PostgresDatabase database) : IJobStore
{
    public Task<InsertAnswer> InsertAsync(JobInsert insert, CancellationToken cancellationToken)
    {
        var rows = new JobRows(insert.State, insert.Events);
        return database.WriteAsync(session => InsertAsync(session, insert, rows), cancellationToken);
    }

    public Task SaveAsync(JobSave save, CancellationToken cancellationToken)
    {
        var rows = new JobRows(save.State, save.Events);
        return database.WriteAsync(session => SaveAsync(session, save, rows), cancellationToken);
    }

    public Task<JobState?> FindAsync(string tenant, string job, CancellationToken cancellationToken)
        => database.FirstAsync(session => session.Prepare(JobSql.Find).Bind(job).Bind(tenant), JobReading.State, cancellationToken);

    public async Task<IReadOnlyList<JobState>> ListAsync(JobQuery query, CancellationToken cancellationToken)
        => await database.ListAsync(session => JobReading.Page(session, query), JobReading.State, cancellationToken);

    public Task<JobState?> LoadAsync(string job, CancellationToken cancellationToken)
        => database.FirstAsync(session => session.Prepare(JobSql.Load).Bind(job), JobReading.State, cancellationToken);

    public Task<KeyHolder?> FindKeyAsync(string tenant, string key, DateTimeOffset now, CancellationToken cancellationToken)
        => database.FirstAsync(session => JobReading.FindKey(session, tenant, key, now), JobReading.Holder, cancellationToken);

    public async Task<IReadOnlyList<string>> ListUnfinishedAsync(string? after, int limit, CancellationToken cancellationToken)
        => await database.ListAsync(session => session.Prepare(JobSql.ListUnfinished).Bind(after ?? "").Bind(limit), row => row.TextAt(0), cancellationToken);

    public async Task<IReadOnlyList<string>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
        => await database.ListAsync(session => session.Prepare(JobSql.ListDue).Bind(now).Bind(limit), row => row.TextAt(0), cancellationToken);

    public async Task<IReadOnlyList<OrphanedAttempt>> ListOrphanedAsync(OrphanedAttempt? after, int limit, CancellationToken cancellationToken)
        => await database.ListAsync(
            session => session.Prepare(PurchaseSql.ListOrphaned).Bind(after?.Job ?? "").Bind(after?.Attempt ?? 0).Bind(limit),
            JobReading.Orphan,
            cancellationToken);

    public async Task<IReadOnlyList<JobEvent>> ReadEventsAsync(string job, long after, int limit, CancellationToken cancellationToken)
        => await database.ListAsync(session => session.Prepare(JobSql.ReadEvents).Bind(job).Bind(after).Bind(limit), JobReading.Event, cancellationToken);

    public Task NoteAnswersAsync(IReadOnlyCollection<AnswerNote> notes, CancellationToken cancellationToken)
        => database.WriteAsync(session => AnswerRows.Note(session, notes.OrderBy(n => n.Job, StringComparer.Ordinal)), cancellationToken);

    public async Task<int> OrphanAnswersAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => (int)await database.CountAsync(session => session.Prepare(AnswerSql.Orphan).Bind(now), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, DateTimeOffset eventsBefore, DateTimeOffset jobsBefore, int limit, CancellationToken cancellationToken)
        => database.WriteAsync(
            async session =>
            {
                var keys = session.Prepare(JobSql.PruneKeys).Bind(now).Bind(limit);
                var events = session.Prepare(JobSql.PruneEvents).Bind(eventsBefore).Bind(limit);
                session.Prepare(PostgresSql.ClaimPrunable).Bind(jobsBefore).Bind(limit);
                var jobs = await session.ReadAsync(row => row.TextAt(0));
                jobs.ForEach(job => JobReading.Delete(session, job));
                return (int)(keys.Rows + events.Rows) + jobs.Count;
            },
            cancellationToken);

    private static async Task<InsertAnswer> InsertAsync(PostgresSession session, JobInsert insert, JobRows rows)
    {
        if (await EarlierAsync(session, insert) is { } earlier)
        {
            // What was uploaded for a job that is not made no longer keeps itself.
            ArtifactRefs.LetGo(session, insert.Adopt);
            return earlier;
        }

        var state = insert.State;
        if (insert.Listener is { } listener)
        {
            AnswerRows.Insert(session, state, listener);
        }

        BucketRows.Insert(session, insert);
        await MoveAsync(session, rows.Insert(session), rows, new(state, insert.Events, insert.Adopt, KeepUntil: null));
        return new InsertAnswer.Inserted();
    }

    /// <summary>What the insert is instead of a new job, or <c>null</c>: then its key is taken already.</summary>
    private static async Task<InsertAnswer?> EarlierAsync(PostgresSession session, JobInsert insert)
    {
        if (insert.Key is { } key && await TakeKeyAsync(session, insert.State, key) is { } taken)
        {
            return taken;
        }

        return insert.Listener is { } listener ? await FindEarlierAsync(session, insert.State, listener) : null;
    }

    /// <summary>Takes a key that is free, or whose holder may run again, in which case its row is locked until then.</summary>
    private static async Task<InsertAnswer?> TakeKeyAsync(PostgresSession session, JobState state, IdempotencyKey key)
    {
        var free = Take(PostgresSql.TakeFreeKey).Bind(state.CreatedAt);
        JobReading.FindKey(session, state.Tenant, key.Key, state.CreatedAt);
        var holder = await session.FirstAsync(JobReading.Holder);
        if (free.Rows == 0 && JobReading.Judge(holder, key) is { } taken)
        {
            return taken;
        }

        if (free.Rows == 0)
        {
            Take(JobSql.TakeKey);
        }

        return null;

        PostgresStatement Take(string sql)
            => session.Prepare(sql).Bind(state.Tenant).Bind(key.Key).Bind(key.Fingerprint).Bind(state.Id).Bind(key.ExpiresAt);
    }

    private static async Task<InsertAnswer?> FindEarlierAsync(PostgresSession session, JobState asked, Listener listener)
    {
        session.Prepare(PostgresSql.LockNumber).Bind(PostgresLocks.Request(asked, listener));
        _ = AnswerRows.ListEarlier(session, asked, listener).Count();
        var earlier = await session.ReadAsync(AnswerRows.ReadEarlier, skip: 1);
        var (job, verdict) = AnswerRows.Choose(earlier, listener, asked.CreatedAt);
        switch (verdict)
        {
            case AttachVerdict.Attach:
                AnswerRows.Attach(session, job, listener, asked.CreatedAt);
                return new InsertAnswer.Attaches(job, (int)await session.NumberAsync());
            case AttachVerdict.Replay:
                return new InsertAnswer.Replays(job);
            default:
                return null;
        }
    }

    private static async Task<bool> SaveAsync(PostgresSession session, JobSave save, JobRows rows)
    {
        await MoveAsync(session, rows.Update(session), rows, save);
        return true;
    }

    /// <summary>The job's row and all that goes with it, in one round trip; where somebody wants to hear of it, one more brings the deliveries.</summary>
    /// <exception cref="VersionConflictException">The job's row was not there to be changed, or there already.</exception>
    private static async Task MoveAsync(PostgresSession session, PostgresStatement move, JobRows rows, JobSave save)
    {
        rows.WriteAround(session, PostgresSql.InsertOutbox, PostgresSql.InsertPositioned);
        BucketRows.Go(session, save);
        var fenced = PostgresGateEpochs.Hold(session, save.Fence);
        var adopted = PostgresArtifactLedger.Adopt(session, save.State.Id, save.State.Tenant, save.Adopt, until: null);
        if (save.KeepUntil is { } until)
        {
            ArtifactRefs.EndAt(session, save.State.Id, until);
        }

        if (DeliveryPlan.Concerns(save.Events))
        {
            session.Prepare(WebhookSql.ListAll).Bind(save.State.Tenant).Send();
        }

        List<WebhookEndpoint> endpoints;
        try
        {
            endpoints = await session.ReadAsync(WebhookRows.Read, skip: fenced.Count + adopted.Count);
        }
        catch (PostgresException error) when (error is { SqlState: PostgresErrors.UniqueViolation, ConstraintName: "outbox_by_event" or "events_pkey" or "answers_pkey" or "bucket_puts_pkey" })
        {
            // The first statement changed nothing, and those after it ran into what another writer has stored.
            throw rows.Conflict;
        }

        if (move.Rows != 1)
        {
            throw rows.Conflict;
        }

        PostgresGateEpochs.RequireNewest(fenced, save.Fence);
        PostgresArtifactLedger.RequireLive(adopted);
        DeliveryRows.Insert(session, DeliveryPlan.Of(save.State, save.Events, endpoints));
    }
}
