using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IBucketPuts"/>
public sealed class PostgresBucketPuts(PostgresDatabase database) : IBucketPuts
{
    private readonly PostgresDue<BucketPut> _due
        = new(database, BucketSql.Due, BucketRows.Read, puts => puts.OrderBy(p => p.DueAt).ThenBy(p => p.Id, StringComparer.Ordinal));

    public async Task<IReadOnlyList<BucketPut>> ListAsync(string job, CancellationToken cancellationToken)
        => await database.ListAsync(session => session.Prepare(BucketSql.List).Bind(job), BucketRows.Read, cancellationToken);

    public Task<bool> RecordAsync(BucketRecord record, CancellationToken cancellationToken)
        => database.WriteAsync(session => RecordAsync(session, record), cancellationToken);

    public Task<IReadOnlyList<string>> ListDueTargetsAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken)
        => _due.ListDueTargetsAsync(now, after, limit, cancellationToken);

    public Task<IReadOnlyList<BucketPut>> ClaimAsync(DeliveryClaim claim, CancellationToken cancellationToken) => _due.ClaimAsync(claim, cancellationToken);

    public Task<int> ReleaseOrphanedAsync(CancellationToken cancellationToken) => _due.ReleaseOrphanedAsync(cancellationToken);

    private static async Task<bool> RecordAsync(PostgresSession session, BucketRecord record)
    {
        // Two nodes that each end one of a job's last two puts go one after the other, so that the second sees both.
        session.Prepare(PostgresSql.LockPuts).Bind(record.Put.Job);
        await session.ReadAsync(row => row.TextAt(0));
        var recorded = BucketRows.Record(session, record);
        session.Prepare(BucketSql.List).Bind(record.Put.Job);
        var puts = await session.ReadAsync(BucketRows.Read);
        if (recorded.Rows == 0)
        {
            return false;
        }

        if (BucketPlan.EventOf(puts) is not null)
        {
            await TellAsync(session, record, puts);
        }

        return true;
    }

    private static async Task TellAsync(PostgresSession session, BucketRecord record, List<BucketPut> puts)
    {
        session.Prepare(JobSql.Load).Bind(record.Put.Job);
        if (await session.FirstAsync(JobReading.State) is { } job)
        {
            session.Prepare(WebhookSql.ListAll).Bind(job.Tenant);
            DeliveryRows.Insert(session, DeliveryPlan.Of(job, puts, await session.ReadAsync(WebhookRows.Read), record.Try.EndedAt));
        }
    }
}
