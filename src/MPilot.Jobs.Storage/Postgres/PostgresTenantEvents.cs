using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="ITenantEvents"/>
/// <remarks>
/// A position begins with the number of its transaction. An event is read once every transaction of a smaller number has ended, in whichever database of the
/// server: by then what it wrote is seen, or never will be. One that is left open holds back the events after it.
/// </remarks>
public sealed class PostgresTenantEvents(PostgresDatabase database) : ITenantEvents
{
    public Task<long> FindEndAsync(CancellationToken cancellationToken)
        => database.ReadAsync(
            session =>
            {
                session.Prepare(PostgresSql.FindEnd);
                return session.NumberAsync();
            },
            cancellationToken);

    public async Task<TenantEventPage> ReadAsync(string tenant, long after, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.ListAsync(
            session => session.Prepare(PostgresSql.ReadTenantEvents).Bind(tenant).Bind(after).Bind(limit),
            row => (Event: JobReading.OfTenant(row), CanBeRead: row.NumberAt(3) == 1),
            cancellationToken);
        return new([.. rows.Where(r => r.CanBeRead).Select(r => r.Event)], rows.Exists(r => !r.CanBeRead));
    }
}
