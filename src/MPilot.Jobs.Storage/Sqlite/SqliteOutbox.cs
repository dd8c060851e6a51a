using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IOutbox"/>
public sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    public async Task<IReadOnlyList<OutboxRow>> ReadAsync(int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(session => session.Prepare(OutboxSql.Read).Bind(limit).All(Read), cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        => database.WriteAsync(session => ids.Sum(id => session.Prepare(OutboxSql.Delete).Bind(id).Run()), cancellationToken);

    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
        => (await database.ReadAsync(
            session => session.Prepare(OutboxSql.Measure).First(row => new OutboxBacklog(row.NumberAt(0)!.Value, row.MomentAt(1))), cancellationToken))!;

    private static OutboxRow Read(SqliteStatement row)
        => new(row.NumberAt(0)!.Value, row.TextAt(1), row.TextAt(2), JobEventJson.Read(row.BytesAt(3)));
}
