using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IOutbox"/>
/// <remarks>A row is read once every transaction that began to write before its own has ended: one that is left open holds the rows after it back.</remarks>
public sealed class PostgresOutbox(PostgresDatabase database) : IOutbox
{
    public async Task<IReadOnlyList<OutboxRow>> ReadAsync(int limit, CancellationToken cancellationToken)
        => await database.ListAsync(session => session.Prepare(PostgresSql.ReadOutbox).Bind(limit), JobReading.Outbox, cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        => database.WriteAsync(
            session =>
            {
                foreach (var id in ids)
                {
                    session.Prepare(JobSql.DeleteOutbox).Bind(id).Send();
                }
            },
            cancellationToken);

    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
        => (await database.FirstAsync(session => session.Prepare(PostgresSql.MeasureOutbox), JobReading.Backlog, cancellationToken))!;
}
