using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>The statements by which nodes share the outbox, to be sent in this order within one transaction. Parameters are bound in order.</summary>
internal static class OutboxClaimSql
{
    /// <summary>One node at a time; readers go on.</summary>
    public const string Lock = "LOCK TABLE outbox_shards IN SHARE ROW EXCLUSIVE MODE";

    public const string Join = """
        INSERT INTO outbox_relays (node, epoch) VALUES (?, ?)
        ON CONFLICT (node) DO UPDATE SET epoch = excluded.epoch WHERE outbox_relays.epoch < excluded.epoch
        """;

    /// <summary>Who was taken over from takes part no more, whoever asks included.</summary>
    public const string DropDead = $"""
        DELETE FROM outbox_relays WHERE NOT EXISTS (
            SELECT 1 FROM nodes WHERE nodes.id = outbox_relays.node AND nodes.epoch = outbox_relays.epoch AND {NodeSql.Lives})
        """;

    public const string FreeDead = """
        UPDATE outbox_shards SET node = NULL, epoch = NULL WHERE node IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM outbox_relays WHERE outbox_relays.node = outbox_shards.node AND outbox_relays.epoch = outbox_shards.epoch)
        """;

    public const string HandBack = $"""
        UPDATE outbox_shards SET node = NULL, epoch = NULL
        WHERE shard IN (SELECT shard FROM outbox_shards WHERE node = ? AND epoch = ? ORDER BY shard OFFSET {Share})
        """;

    public const string Take = $"""
        UPDATE outbox_shards SET node = me.node, epoch = me.epoch
        FROM outbox_relays me
        WHERE me.node = ? AND me.epoch = ? AND outbox_shards.shard IN (
            SELECT free.shard FROM outbox_shards free WHERE free.node IS NULL ORDER BY free.shard
            LIMIT greatest(0, {Share} - (SELECT count(*) FROM outbox_shards held WHERE held.node = ? AND held.epoch = ?)))
        """;

    public const string Leave = "DELETE FROM outbox_relays WHERE node = ? AND epoch = ?";

    public const string Free = "UPDATE outbox_shards SET node = NULL, epoch = NULL WHERE node = ? AND epoch = ?";

    /// <summary>Of 64 shards, rounded up.</summary>
    private const string Share = "(SELECT (63 + greatest(1, count(*))) / greatest(1, count(*)) FROM outbox_relays)";
}
