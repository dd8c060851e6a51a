using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IDueDeliveries{T}"/>
/// <param name="database">Where they are.</param>
/// <param name="sql">The statements of their table.</param>
/// <param name="read">Reads a row.</param>
internal sealed class SqliteDue<T>(SqliteDatabase database, DueSql sql, Func<IRow, T> read) : IDueDeliveries<T>
{
    private readonly string _claim = sql.Claim("IN (", ")");

    public async Task<IReadOnlyList<string>> ListDueTargetsAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(session => DueRows.ListTargets(session, sql, now, after, limit).All(row => row.TextAt(0)), cancellationToken);

    public async Task<IReadOnlyList<T>> ClaimAsync(DeliveryClaim claim, CancellationToken cancellationToken)
        => await database.WriteAsync(session => DueRows.Claim(session, _claim, claim).All(read), cancellationToken);

    public Task<int> ReleaseOrphanedAsync(CancellationToken cancellationToken) => database.WriteAsync(Release, cancellationToken);

    private int Release(SqliteSession session)
    {
        var orphans = session.Prepare(sql.ListOrphans).All(row => (Node: row.TextAt(0), Epoch: row.NumberAt(1)));
        return orphans.Sum(o => session.Prepare(sql.Release).Bind(o.Node).Bind(o.Epoch).Run());
    }
}
