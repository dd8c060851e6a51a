using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>The statements of <see cref="SqliteOutbox"/> that are SQLite's own: CROSS JOIN keeps its order. Parameters are bound in order.</summary>
internal static class OutboxSql
{
    public const string Read = $"""
        SELECT outbox.id, outbox.tenant, outbox.job, events.body
        FROM outbox CROSS JOIN events ON events.job = outbox.job AND events.sequence = outbox.sequence
        WHERE EXISTS (SELECT 1 FROM nodes WHERE nodes.id = ? AND nodes.epoch = ? AND {NodeSql.Lives})
        ORDER BY outbox.id LIMIT ?
        """;

    public const string Measure = """
        SELECT (SELECT count(*) FROM outbox), (
            SELECT events.at FROM outbox CROSS JOIN events ON events.job = outbox.job AND events.sequence = outbox.sequence
            ORDER BY outbox.id LIMIT 1)
        """;
}
