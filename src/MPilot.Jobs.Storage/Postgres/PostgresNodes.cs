using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="INodes"/>
public sealed class PostgresNodes(PostgresDatabase database) : INodes
{
    public Task<long> RegisterAsync(string node, DateTimeOffset leaseUntil, bool expireOthers, CancellationToken cancellationToken)
        => database.WriteAsync(session => RegisterAsync(session, node, leaseUntil, expireOthers), cancellationToken);

    public async Task<bool> RenewAsync(string node, long epoch, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
        => await database.CountAsync(
            session => session.Prepare(NodeSql.Renew).Bind(leaseUntil).Bind(node).Bind(epoch), cancellationToken) == 1;

    public Task LeaveAsync(string node, long epoch, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Prepare(NodeSql.Leave).Bind(node).Bind(epoch).Send(), cancellationToken);

    public async Task<IReadOnlyList<string>> TakeOverAsync(DateTimeOffset? leaseOverBy, CancellationToken cancellationToken)
        => await database.WriteAsync(
            session =>
            {
                session.Prepare(NodeSql.TakeOver).Bind(leaseOverBy ?? DateTimeOffset.UnixEpoch);
                return session.ReadAsync(row => row.TextAt(0));
            },
            cancellationToken);

    private static async Task<long> RegisterAsync(PostgresSession session, string node, DateTimeOffset leaseUntil, bool expireOthers)
    {
        session.Prepare(PostgresSql.LockNodes).Send();
        if (expireOthers)
        {
            session.Prepare(NodeSql.TakeOverAll).Send();
        }

        session.Prepare(NodeSql.NextEpoch);
        var epoch = await session.NumberAsync();
        session.Prepare(NodeSql.Register).Bind(node).Bind(epoch).Bind(leaseUntil).Send();
        return epoch;
    }
}
