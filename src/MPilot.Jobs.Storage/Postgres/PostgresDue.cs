using MPilot.Jobs.Engine.Webhooks;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IDueDeliveries{T}"/>
/// <param name="database">Where they are.</param>
/// <param name="sql">The statements of their table.</param>
/// <param name="read">Reads a row.</param>
/// <param name="sort">Brings what was claimed into the order in which it is due.</param>
internal sealed class PostgresDue<T>(PostgresDatabase database, DueSql sql, Func<IRow, T> read, Func<IEnumerable<T>, IEnumerable<T>> sort) : IDueDeliveries<T>
{
    /// <summary>Which are claimed is found once, and nobody else finds the same.</summary>
    private readonly string _claim = sql.Claim("= ANY (ARRAY(", " FOR UPDATE OF due SKIP LOCKED))");

    public async Task<IReadOnlyList<string>> ListDueTargetsAsync(DateTimeOffset now, string after, int limit, CancellationToken cancellationToken)
        => await database.ListAsync(session => DueRows.ListTargets(session, sql, now, after, limit), row => row.TextAt(0), cancellationToken);

    public async Task<IReadOnlyList<T>> ClaimAsync(DeliveryClaim claim, CancellationToken cancellationToken)
    {
        var claimed = await database.WriteAsync(
            session =>
            {
                DueRows.Claim(session, _claim, claim);
                return session.ReadAsync(read);
            },
            cancellationToken);
        return [.. sort(claimed)];
    }

    public Task<int> ReleaseOrphanedAsync(CancellationToken cancellationToken) => database.WriteAsync(ReleaseAsync, cancellationToken);

    /// <summary>By name and number: a row that was released and claimed anew meanwhile has others.</summary>
    private async Task<int> ReleaseAsync(PostgresSession session)
    {
        session.Prepare(sql.ListOrphans);
        var orphans = await session.ReadAsync(row => (Node: row.TextAt(0), Epoch: row.NumberAt(1)));
        var released = orphans.ConvertAll(o => session.Prepare(sql.Release).Bind(o.Node).Bind(o.Epoch));
        await session.SendAsync();
        return (int)released.Sum(r => r.Rows);
    }
}
