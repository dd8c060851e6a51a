using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IDeliveries"/>
public sealed class PostgresDeliveries(PostgresDatabase database) : IDeliveries
{
    private readonly PostgresDue<Delivery> _due
        = new(database, DeliverySql.Due, DeliveryRows.Read, deliveries => deliveries.OrderBy(d => d.DueAt).ThenBy(d => d.Id, StringComparer.Ordinal));

    public Task AddAsync(Delivery delivery, CancellationToken cancellationToken)
        => database.WriteAsync(session => DeliveryRows.Insert(session, [delivery]), cancellationToken);

    public Task<Delivery?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
        => database.FirstAsync(session => session.Prepare(DeliverySql.Find).Bind(tenant).Bind(id), DeliveryRows.Read, cancellationToken);

    public async Task<IReadOnlyList<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken)
        => await database.ListAsync(session => DeliveryRows.Page(session, query), DeliveryRows.Read, cancellationToken);

    public async Task<IReadOnlyList<DeliveryAttempt>> ListAttemptsAsync(string delivery, CancellationToken cancellationToken)
        => await database.ListAsync(session => session.Prepare(DeliverySql.ListAttempts).Bind(delivery), DeliveryRows.ReadAttempt, cancellationToken);

    public Task<RedeliverAnswer> RedeliverAsync(string tenant, string id, DateTimeOffset now, CancellationToken cancellationToken)
        => database.WriteAsync(session => RedeliverAsync(session, tenant, id, now), cancellationToken);

    public async Task<int> RedeliverAsync(FailedDeliveries failed, DateTimeOffset now, CancellationToken cancellationToken)
        => (int)await database.CountAsync(session => DeliveryRows.Redeliver(session, failed, now), cancellationToken);

    public Task<IReadOnlyList<string>> ListDueTargetsAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken)
        => _due.ListDueTargetsAsync(now, after, limit, cancellationToken);

    public Task<IReadOnlyList<Delivery>> ClaimAsync(DeliveryClaim claim, CancellationToken cancellationToken) => _due.ClaimAsync(claim, cancellationToken);

    public Task<bool> RecordAsync(DeliveryRecord record, CancellationToken cancellationToken)
        => database.WriteAsync(session => RecordAsync(session, record), cancellationToken);

    public Task<int> ReleaseOrphanedAsync(CancellationToken cancellationToken) => _due.ReleaseOrphanedAsync(cancellationToken);

    public async Task<int> PruneAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
        => (int)await database.CountAsync(session => DeliveryRows.Prune(session, before, limit), cancellationToken);

    private static async Task<RedeliverAnswer> RedeliverAsync(PostgresSession session, string tenant, string id, DateTimeOffset now)
    {
        var anew = DeliveryRows.Redeliver(session, tenant, id, now);
        session.Prepare(DeliverySql.Find).Bind(tenant).Bind(id);
        var found = await session.FirstAsync(DeliveryRows.Read);
        return anew.Rows == 1 ? RedeliverAnswer.Pending : found is null ? RedeliverAnswer.Gone : RedeliverAnswer.PendingAlready;
    }

    private static async Task<bool> RecordAsync(PostgresSession session, DeliveryRecord record)
    {
        var recorded = DeliveryRows.Record(session, record);
        session.Prepare(WebhookSql.ListAll).Bind(record.Delivery.Tenant);
        var endpoints = await session.ReadAsync(WebhookRows.Read);
        if (recorded.Rows == 0)
        {
            return false;
        }

        DeliveryRows.WriteAround(session, record);
        if (record.Move.Status == DeliveryStatus.Exhausted)
        {
            DeliveryRows.Insert(session, DeliveryPlan.Of(record.Delivery, endpoints, record.Try.EndedAt));
        }

        return true;
    }
}
