using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="INodes"/>
public sealed class PostgresNodes(PostgresDatabase database) : INodes
{
    public Task<long> RegisterAsync(string node, DateTimeOffset now, DateTimeOffset leaseUntil, bool expireOthers, CancellationToken cancellationToken)
        => database.WriteAsync(session => RegisterAsync(session, node, leaseUntil, expireOthers), cancellationToken);

    public async Task<bool> RenewAsync(string node, long epoch, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
        => await database.CountAsync(
            session => session.Prepare(NodeSql.Renew).Bind(leaseUntil).Bind(node).Bind(epoch).Bind(now), cancellationToken) == 1;

    public async Task<IReadOnlyList<string>> TakeExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => await database.WriteAsync(
            session =>
            {
                session.Prepare(NodeSql.TakeExpired).Bind(now);
                return session.ReadAsync(row => row.TextAt(0));
            },
            cancellationToken);

    private static async Task<long> RegisterAsync(PostgresSession session, string node, DateTimeOffset leaseUntil, bool expireOthers)
    {
        session.Prepare(PostgresSql.LockNodes).Send();
        if (expireOthers)
        {
            session.Prepare(NodeSql.ExpireAll).Send();
        }

        session.Prepare(NodeSql.NextEpoch);
        var epoch = await session.NumberAsync();
        session.Prepare(NodeSql.Register).Bind(node).Bind(epoch).Bind(leaseUntil).Send();
        return epoch;
    }
}
