using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <inheritdoc cref="IOutbox"/>
/// <remarks>One process has the file, so the one living epoch holds everything.</remarks>
public sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    public Task ClaimAsync(NodeEpoch node, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReleaseAsync(NodeEpoch node, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IReadOnlyList<OutboxRow>> ReadAsync(NodeEpoch node, int limit, CancellationToken cancellationToken)
        => await database.ReadAsync(
            session => session.Prepare(OutboxSql.Read).Bind(node.Node).Bind(node.Epoch).Bind(limit).All(JobReading.Outbox), cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        => database.WriteAsync(session => ids.Sum(id => session.Prepare(JobSql.DeleteOutbox).Bind(id).Run()), cancellationToken);

    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
        => (await database.ReadAsync(
            session => session.Prepare(OutboxSql.Measure).First(JobReading.Backlog), cancellationToken))!;
}
