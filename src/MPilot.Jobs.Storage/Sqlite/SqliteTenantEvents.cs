using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="ITenantEvents"/>
/// <remarks>Positions are drawn by the one writer, and seen by readers when its transaction commits: nothing is ever held back.</remarks>
public sealed class SqliteTenantEvents(SqliteDatabase database) : ITenantEvents
{
    public Task<long> FindEndAsync(CancellationToken cancellationToken)
        => database.ReadAsync(session => session.Prepare(TenantEventSql.FindEnd).Number() ?? 0, cancellationToken);

    public async Task<TenantEventPage> ReadAsync(string tenant, long after, int limit, CancellationToken cancellationToken)
    {
        var events = await database.ReadAsync(
            session => session.Prepare(TenantEventSql.Read).Bind(tenant).Bind(after).Bind(limit).All(JobReading.OfTenant), cancellationToken);
        return new([.. events], IsHeldBack: false);
    }
}
