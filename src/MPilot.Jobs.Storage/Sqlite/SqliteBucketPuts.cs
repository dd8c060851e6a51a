using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IBucketPuts"/>
public sealed class SqliteBucketPuts(SqliteDatabase database) : IBucketPuts
{
    private readonly SqliteDue<BucketPut> _due = new(database, BucketSql.Due, BucketRows.Read);

    public async Task<IReadOnlyList<BucketPut>> ListAsync(string job, CancellationToken cancellationToken)
        => await database.ReadAsync(session => List(session, job), cancellationToken);

    public Task<bool> RecordAsync(BucketRecord record, CancellationToken cancellationToken)
        => database.WriteAsync(session => Record(session, record), cancellationToken);

    public Task<IReadOnlyList<string>> ListDueTargetsAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken)
        => _due.ListDueTargetsAsync(now, after, limit, cancellationToken);

    public Task<IReadOnlyList<BucketPut>> ClaimAsync(DeliveryClaim claim, CancellationToken cancellationToken) => _due.ClaimAsync(claim, cancellationToken);

    public Task<int> ReleaseOrphanedAsync(CancellationToken cancellationToken) => _due.ReleaseOrphanedAsync(cancellationToken);

    private static List<BucketPut> List(SqliteSession session, string job) => session.Prepare(BucketSql.List).Bind(job).All(BucketRows.Read);

    private static bool Record(SqliteSession session, BucketRecord record)
    {
        if (BucketRows.Record(session, record).Run() == 0)
        {
            return false;
        }

        var puts = List(session, record.Put.Job);
        if (BucketPlan.EventOf(puts) is not null && session.Prepare(JobSql.Load).Bind(record.Put.Job).First(JobReading.State) is { } job)
        {
            DeliveryRows.Insert(session, DeliveryPlan.Of(job, puts, SqliteDeliveries.EndpointsOf(session, job.Tenant), record.Try.EndedAt));
        }

        return true;
    }
}
