using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>Pages of jobs, and rows of jobs as they are read.</summary>
internal static class JobReading
{
    /// <summary>Sorts behind every id: the page starts at the newest.</summary>
    private const string AfterAll = "~";

    /// <summary>The statement for which the filters at hand are one range of an index, all bound.</summary>
    public static T Page<T>(IStatements<T> session, JobQuery query)
        where T : IStatement<T>
    {
        var status = query.Status is { } wanted ? StoredName<JobStatus>.Of(wanted) : null;
        var filtered = query switch
        {
            { RequestId: { } request } => session.Prepare(JobSql.ListByRequest).Bind(query.Tenant).Bind(request).Bind(status).Bind(query.Model),
            { Model: { } model } when status is not null => session.Prepare(JobSql.ListByStatusAndModel).Bind(query.Tenant).Bind(status).Bind(model),
            { Model: { } model } => session.Prepare(JobSql.ListByModel).Bind(query.Tenant).Bind(model),
            _ when status is not null => session.Prepare(JobSql.ListByStatus).Bind(query.Tenant).Bind(status),
            _ => session.Prepare(JobSql.List).Bind(query.Tenant),
        };
        return filtered.Bind(query.After ?? AfterAll).Bind(query.Limit);
    }

    public static T FindKey<T>(IStatements<T> session, string tenant, string key, DateTimeOffset now)
        where T : IStatement<T>
        => session.Prepare(JobSql.FindKey).Bind(tenant).Bind(key).Bind(now);

    public static JobState State(IRow row) => JobStateJson.Read(row.BytesAt(0));

    /// <summary>A row of <see cref="JobSql.FindKey"/>.</summary>
    public static KeyHolder Holder(IRow row) => new(row.TextAt(0), row.TextAt(1), JobStateJson.Read(row.BytesAt(2)).MayRunAgain);

    /// <summary>What a request is to the job that holds its key: a repeat, a misuse, or <c>null</c> where it may take the key.</summary>
    public static InsertAnswer? Judge(KeyHolder? holder, IdempotencyKey key) => holder switch
    {
        null => null,
        _ when holder.Fingerprint != key.Fingerprint => new InsertAnswer.KeyReused(),
        { MayRunAgain: false } => new InsertAnswer.Repeats(holder.Job),
        _ => null,
    };

    public static OrphanedAttempt Orphan(IRow row) => new(row.TextAt(0), (int)row.NumberAt(1)!, (long)row.NumberAt(2)!);

    public static JobEvent Event(IRow row) => JobEventJson.Read(row.BytesAt(0));

    /// <summary>A row of position, job and body.</summary>
    public static TenantEvent OfTenant(IRow row) => new(row.NumberAt(0)!.Value, row.TextAt(1), JobEventJson.Read(row.BytesAt(2)));

    public static OutboxRow Outbox(IRow row) => new(row.NumberAt(0)!.Value, row.TextAt(1), row.TextAt(2), JobEventJson.Read(row.BytesAt(3)));

    public static OutboxBacklog Backlog(IRow row) => new(row.NumberAt(0)!.Value, row.MomentAt(1));

    /// <summary>Deletes a job with all that is its own.</summary>
    public static void Delete<T>(IStatements<T> session, string job)
        where T : IStatement<T>
    {
        session.Prepare(JobSql.DeleteEvents).Bind(job).Send();
        session.Prepare(JobSql.DeleteKeys).Bind(job).Send();
        session.Prepare(AnswerSql.Delete).Bind(job).Send();
        session.Prepare(BucketSql.Delete).Bind(job).Send();
        session.Prepare(JobSql.Delete).Bind(job).Send();
        ArtifactRefs.LetGo(session, [job]);
    }
}
