using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>The statements that PostgreSQL wants differently: where writers run at the same time, rows and names are locked. Parameters are bound in order.</summary>
internal static class PostgresSql
{
    /// <summary>How the database is, in the one row: what the service relies on.</summary>
    public const string Describe = """
        SELECT current_setting('server_encoding'), current_setting('synchronous_commit'), current_setting('server_version_num')::bigint
        """;

    /// <summary>Held to the end of the transaction; whoever comes second waits.</summary>
    public const string LockNumber = "SELECT pg_advisory_xact_lock(?)";

    /// <summary>Held to the end of the transaction, by any number at once; whoever wants it alone waits.</summary>
    public const string ShareNumber = "SELECT pg_advisory_xact_lock_shared(?)";

    /// <summary>Held as long as the connection lives.</summary>
    public const string HoldNumber = "SELECT pg_advisory_lock(?)";

    /// <summary>The same, by any number at once.</summary>
    public const string HoldNumberShared = "SELECT pg_advisory_lock_shared(?)";

    public const string Notify = "SELECT pg_notify(?, ?)";

    public const string EnsureMigrations = """
        CREATE TABLE IF NOT EXISTS migrations (number bigint PRIMARY KEY, name text NOT NULL)
        """;

    /// <summary>
    /// Rows of a database that was restored into another server bear larger transaction numbers than that server has come to: they go before
    /// all others, in their order.
    /// </summary>
    public const string RebaseOutbox = $"""
        UPDATE outbox SET id = id - 9223372036854775807 WHERE id >= {ToCome}
        """;

    /// <summary>The transaction's number first; within it, events of one job by their sequence.</summary>
    public const string InsertOutbox = $"""
        INSERT INTO outbox (id, tenant, job, sequence)
        SELECT {Position}, tenant, job, sequence
        FROM (VALUES (?, ?, ?)) AS told (tenant, job, sequence)
        """;

    /// <summary>At the position that has the outbox's number.</summary>
    public const string InsertPositioned = $"""
        INSERT INTO events (job, sequence, tenant, type, at, body, position)
        SELECT job, sequence, tenant, type, at, body, {Position}
        FROM (VALUES (?, ?, ?, ?, ?, ?)) AS told (job, sequence, tenant, type, at, body)
        """;

    /// <summary>
    /// With 1 where nothing can come in before an event any more: every transaction with a smaller number than its own has ended. The number and the rows
    /// are of one snapshot.
    /// </summary>
    public const string ReadTenantEvents = $"""
        SELECT position, job, body, (position < (SELECT {Running}))::int::bigint
        FROM events WHERE tenant = ? AND position > ? ORDER BY position LIMIT ?
        """;

    /// <summary>What ended before the oldest transaction that still runs is before it, what comes is after it.</summary>
    public const string FindEnd = $"SELECT ({Running}) - 1";

    /// <summary>As <see cref="RebaseOutbox"/>. Looks at the end of each tenant's events only.</summary>
    public const string RebaseEvents = $"""
        WITH RECURSIVE owners (tenant) AS (
            (SELECT tenant FROM events WHERE position IS NOT NULL ORDER BY tenant LIMIT 1)
            UNION ALL
            SELECT next.tenant FROM owners CROSS JOIN LATERAL (
                SELECT tenant FROM events WHERE position IS NOT NULL AND tenant > owners.tenant ORDER BY tenant LIMIT 1) next)
        UPDATE events SET position = position - 9223372036854775807
        FROM owners WHERE events.tenant = owners.tenant AND position >= {ToCome}
        """;

    /// <summary>Nothing of a transaction that runs, nor of a later one.</summary>
    public const string ReadOutbox = $"""
        SELECT outbox.id, outbox.tenant, outbox.job, events.body
        FROM outbox JOIN events ON events.job = outbox.job AND events.sequence = outbox.sequence
        WHERE outbox.shard IN (
            SELECT outbox_shards.shard FROM outbox_shards JOIN nodes ON nodes.id = outbox_shards.node AND nodes.epoch = outbox_shards.epoch
            WHERE outbox_shards.node = ? AND outbox_shards.epoch = ? AND {NodeSql.Lives})
            AND outbox.id < {Running}
        ORDER BY outbox.id LIMIT ?
        """;

    public const string MeasureOutbox = """
        SELECT (SELECT count(*) FROM outbox), (
            SELECT events.at FROM outbox JOIN events ON events.job = outbox.job AND events.sequence = outbox.sequence
            ORDER BY outbox.id LIMIT 1)
        """;

    /// <summary>Takes a key nobody holds or whose time is over: one row. Else none, and the row stays locked, so that its holder can be judged.</summary>
    public const string TakeFreeKey = JobSql.TakeKey + " WHERE idempotency.expires_at <= ?";

    /// <summary>Stays live to the end of the transaction: whoever marks it waits, or goes past.</summary>
    public const string HoldLive = ArtifactSql.IsLive + " FOR SHARE";

    /// <summary>With the artifact, so that nobody adopts it meanwhile; what somebody is adopting is left for the next sweep.</summary>
    public const string ClaimEnded = """
        SELECT artifact, owner FROM artifact_refs JOIN artifacts ON artifacts.id = artifact_refs.artifact
        WHERE until < ? ORDER BY until LIMIT ?
        FOR UPDATE SKIP LOCKED
        """;

    /// <summary>No reference outlives what it refers to.</summary>
    public const string RemoveArtifact = """
        WITH gone AS (DELETE FROM artifacts WHERE id = ? AND state = 'deleting' RETURNING id)
        DELETE FROM artifact_refs USING gone WHERE artifact = gone.id
        """;

    /// <summary>Registering is rare; two at a time would take the same epoch.</summary>
    public const string LockNodes = "LOCK TABLE nodes IN SHARE ROW EXCLUSIVE MODE";

    /// <summary>The first key is made once.</summary>
    public const string LockSigningKeys = "LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE";

    /// <summary>All of a job, in one order.</summary>
    public const string LockPuts = "SELECT id FROM bucket_puts WHERE job = ? ORDER BY slot FOR UPDATE";

    public const string ClaimPrunable = JobSql.ListPrunable + " FOR UPDATE SKIP LOCKED";

    /// <summary>Where an event stands among all: one that is told of has the same place in the outbox.</summary>
    private const string Position = "(pg_current_xact_id()::text::bigint << 20) + (sequence & 1048575)";

    /// <summary>The first position of the oldest transaction that runs.</summary>
    private const string Running = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 20";

    /// <summary>The first position of the next transaction.</summary>
    private const string ToCome = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint << 20";
}
