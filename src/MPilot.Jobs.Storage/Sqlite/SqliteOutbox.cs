using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IOutbox"/>
public sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    public async Task<IReadOnlyList<OutboxRow>> ReadAsync(int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(session => session.Prepare(OutboxSql.Read).Bind(limit).All(JobReading.Outbox), cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        => database.WriteAsync(session => ids.Sum(id => session.Prepare(JobSql.DeleteOutbox).Bind(id).Run()), cancellationToken);

    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
        => (await database.ReadAsync(
            session => session.Prepare(OutboxSql.Measure).First(JobReading.Backlog), cancellationToken))!;
}
