using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="INodes"/>
public sealed class SqliteNodes(SqliteDatabase database) : INodes
{
    public Task<long> RegisterAsync(string node, DateTimeOffset now, DateTimeOffset leaseUntil, bool expireOthers, CancellationToken cancellationToken)
        => database.WriteAsync(session => Register(session, node, leaseUntil, expireOthers), cancellationToken);

    public Task<bool> RenewAsync(string node, long epoch, DateTimeOffset now, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
        => database.WriteAsync(
            session => session.Prepare(NodeSql.Renew).Bind(leaseUntil).Bind(node).Bind(epoch).Bind(now).Run() == 1, cancellationToken);

    public async Task<IReadOnlyList<string>> TakeExpiredAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => await database.WriteAsync(session => session.Prepare(NodeSql.TakeExpired).Bind(now).All(row => row.TextAt(0)), cancellationToken);

    private static long Register(SqliteSession session, string node, DateTimeOffset leaseUntil, bool expireOthers)
    {
        if (expireOthers)
        {
            session.Prepare(NodeSql.ExpireAll).Run();
        }

        var epoch = session.Prepare(NodeSql.NextEpoch).Number()!.Value;
        session.Prepare(NodeSql.Register).Bind(node).Bind(epoch).Bind(leaseUntil).Run();
        return epoch;
    }
}
