using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="INodes"/>
public sealed class SqliteNodes(SqliteDatabase database) : INodes
{
    public Task<long> RegisterAsync(string node, DateTimeOffset leaseUntil, bool expireOthers, CancellationToken cancellationToken)
        => database.WriteAsync(session => Register(session, node, leaseUntil, expireOthers), cancellationToken);

    public Task<bool> RenewAsync(string node, long epoch, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
        => database.WriteAsync(
            session => session.Prepare(NodeSql.Renew).Bind(leaseUntil).Bind(node).Bind(epoch).Run() == 1, cancellationToken);

    public Task LeaveAsync(string node, long epoch, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Prepare(NodeSql.Leave).Bind(node).Bind(epoch).Run(), cancellationToken);

    public async Task<IReadOnlyList<string>> TakeOverAsync(DateTimeOffset? leaseOverBy, CancellationToken cancellationToken)
        => await database.WriteAsync(
            session => session.Prepare(NodeSql.TakeOver).Bind(leaseOverBy ?? DateTimeOffset.UnixEpoch).All(row => row.TextAt(0)), cancellationToken);

    private static long Register(SqliteSession session, string node, DateTimeOffset leaseUntil, bool expireOthers)
    {
        if (expireOthers)
        {
            session.Prepare(NodeSql.TakeOverAll).Run();
        }

        var epoch = session.Prepare(NodeSql.NextEpoch).Number()!.Value;
        session.Prepare(NodeSql.Register).Bind(node).Bind(epoch).Bind(leaseUntil).Run();
        return epoch;
    }
}
