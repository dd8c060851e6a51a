using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IDeliveries"/>
public sealed class SqliteDeliveries(SqliteDatabase database) : IDeliveries
{
    private readonly SqliteDue<Delivery> _due = new(database, DeliverySql.Due, DeliveryRows.Read);

    public Task AddAsync(Delivery delivery, CancellationToken cancellationToken)
        => database.WriteAsync(session => Add(session, delivery), cancellationToken);

    public Task<Delivery?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.ReadAsync(session => Find(session, tenant, id), cancellationToken);

    public async Task<IReadOnlyList<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken)
        => await database.ReadAsync(session => DeliveryRows.Page(session, query).All(DeliveryRows.Read), cancellationToken);

    public async Task<IReadOnlyList<DeliveryAttempt>> ListAttemptsAsync(string delivery, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.Prepare(DeliverySql.ListAttempts).Bind(delivery).All(DeliveryRows.ReadAttempt), cancellationToken);

    public Task<RedeliverAnswer> RedeliverAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => database.WriteAsync(session => Redeliver(session, tenant, id, now), cancellationToken);

    public Task<int> RedeliverAsync(FailedDeliveries failed, DateTimeOffset now, CancellationToken cancellationToken)
        => database.WriteAsync(session => DeliveryRows.Redeliver(session, failed, now).Run(), cancellationToken);

    public Task<IReadOnlyList<string>> ListDueTargetsAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken)
        => _due.ListDueTargetsAsync(now, after, limit, cancellationToken);

    public Task<IReadOnlyList<Delivery>> ClaimAsync(DeliveryClaim claim, CancellationToken cancellationToken) => _due.ClaimAsync(claim, cancellationToken);

    public Task<bool> RecordAsync(DeliveryRecord record, CancellationToken cancellationToken)
        => database.WriteAsync(session => Record(session, record), cancellationToken);

    public Task<int> ReleaseOrphanedAsync(CancellationToken cancellationToken) => _due.ReleaseOrphanedAsync(cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
        => database.WriteAsync(session => DeliveryRows.Prune(session, before, limit).Run(), cancellationToken);

    /// <summary>Inserts what a transition's events owe, in the transaction that stores them.</summary>
    internal static void Insert(SqliteSession session, JobState job, IReadOnlyCollection<JobEvent> events)
    {
        if (DeliveryPlan.Concerns(events))
        {
            DeliveryRows.Insert(session, DeliveryPlan.Of(job, events, EndpointsOf(session, job.Tenant)));
        }
    }

    private static bool Add(SqliteSession session, Delivery delivery)
    {
        DeliveryRows.Insert(session, [delivery]);
        return true;
    }

    private static Delivery? Find(SqliteSession session, string tenant, string id)
        => session.Prepare(DeliverySql.Find).Bind(tenant).Bind(id).First(DeliveryRows.Read);

    private static RedeliverAnswer Redeliver(SqliteSession session, string tenant, string id, DateTimeOffset now)
        => DeliveryRows.Redeliver(session, tenant, id, now).Run() == 1 ? RedeliverAnswer.Pending
            : Find(session, tenant, id) is null ? RedeliverAnswer.Gone
            : RedeliverAnswer.PendingAlready;

    private static bool Record(SqliteSession session, DeliveryRecord record)
    {
        if (DeliveryRows.Record(session, record).Run() == 0)
        {
            return false;
        }

        DeliveryRows.WriteAround(session, record);
        if (record.Move.Status == DeliveryStatus.Exhausted)
        {
            var endpoints = EndpointsOf(session, record.Delivery.Tenant);
            DeliveryRows.Insert(session, DeliveryPlan.Of(record.Delivery, endpoints, record.Try.EndedAt));
        }

        return true;
    }

    internal static List<WebhookEndpoint> EndpointsOf(SqliteSession session, string tenant)
        => session.Prepare(WebhookSql.ListAll).Bind(tenant).All(WebhookRows.Read);
}
