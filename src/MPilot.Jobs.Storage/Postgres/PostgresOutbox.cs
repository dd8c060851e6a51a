using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <inheritdoc cref="IOutbox"/>
/// <remarks>A row is read once every transaction that began to write before its own has ended: one that is left open holds the rows after it back.</remarks>
public sealed class PostgresOutbox(PostgresDatabase database) : IOutbox
{
    public Task ClaimAsync(NodeEpoch node, CancellationToken cancellationToken)
        => database.WriteAsync(
            session =>
            {
                session.Prepare(OutboxClaimSql.Lock).Send();
                session.Prepare(OutboxClaimSql.Join).Bind(node.Node).Bind(node.Epoch).Send();
                session.Prepare(OutboxClaimSql.DropDead).Send();
                session.Prepare(OutboxClaimSql.FreeDead).Send();
                session.Prepare(OutboxClaimSql.HandBack).Bind(node.Node).Bind(node.Epoch).Send();
                session.Prepare(OutboxClaimSql.Take).Bind(node.Node).Bind(node.Epoch).Bind(node.Node).Bind(node.Epoch).Send();
            },
            cancellationToken);

    public Task ReleaseAsync(NodeEpoch node, CancellationToken cancellationToken)
        => database.WriteAsync(
            session =>
            {
                session.Prepare(OutboxClaimSql.Lock).Send();
                session.Prepare(OutboxClaimSql.Leave).Bind(node.Node).Bind(node.Epoch).Send();
                session.Prepare(OutboxClaimSql.Free).Bind(node.Node).Bind(node.Epoch).Send();
            },
            cancellationToken);

    public async Task<IReadOnlyList<OutboxRow>> ReadAsync(NodeEpoch node, int limit, CancellationToken cancellationToken)
        => await database.ListAsync(
            session => session.Prepare(PostgresSql.ReadOutbox).Bind(node.Node).Bind(node.Epoch).Bind(limit), JobReading.Outbox, cancellationToken);

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
