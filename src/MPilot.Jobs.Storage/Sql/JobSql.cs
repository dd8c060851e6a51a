namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of jobs, as every database reads them. Parameters are bound in order.</summary>
internal static class JobSql
{
    public const string Insert = """
        INSERT INTO jobs (id, tenant, version, status, model, request_id, created_at, due_at, deadline_at, completed_at, schema, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """;

    public const string Update = """
        UPDATE jobs SET version = ?, status = ?, due_at = ?, completed_at = ?, schema = ?, state = ?
        WHERE id = ? AND version = ?
        """;

    /// <summary>Of an event about a picture; the others have a position among those of their tenant.</summary>
    public const string InsertEvent = "INSERT INTO events (job, sequence, tenant, type, at, body) VALUES (?, ?, ?, ?, ?, ?)";

    /// <summary>Where ids are drawn in the order of commits.</summary>
    public const string InsertOutbox = "INSERT INTO outbox (tenant, job, sequence) VALUES (?, ?, ?)";

    public const string DeleteOutbox = "DELETE FROM outbox WHERE id = ?";

    public const string FindKey = """
        SELECT idempotency.job, fingerprint, state FROM idempotency JOIN jobs ON jobs.id = idempotency.job
        WHERE idempotency.tenant = ? AND key = ? AND expires_at > ?
        """;

    public const string TakeKey = """
        INSERT INTO idempotency (tenant, key, fingerprint, job, expires_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (tenant, key) DO UPDATE SET fingerprint = excluded.fingerprint, job = excluded.job, expires_at = excluded.expires_at
        """;

    public const string Find = "SELECT state FROM jobs WHERE id = ? AND tenant = ?";

    public const string Load = "SELECT state FROM jobs WHERE id = ?";

    public const string List = "SELECT state FROM jobs WHERE tenant = ? AND id < ? ORDER BY id DESC LIMIT ?";

    public const string ListByStatus = "SELECT state FROM jobs WHERE tenant = ? AND status = ? AND id < ? ORDER BY id DESC LIMIT ?";

    public const string ListByModel = "SELECT state FROM jobs WHERE tenant = ? AND model = ? AND id < ? ORDER BY id DESC LIMIT ?";

    public const string ListByStatusAndModel = "SELECT state FROM jobs WHERE tenant = ? AND status = ? AND model = ? AND id < ? ORDER BY id DESC LIMIT ?";

    /// <summary>A request has few jobs: what else is asked of them is looked up in each. A filter that is null is met by every row.</summary>
    public const string ListByRequest = """
        SELECT state FROM jobs
        WHERE tenant = ? AND request_id = ? AND coalesce(?, status) = status AND coalesce(?, model) = model AND id < ? ORDER BY id DESC LIMIT ?
        """;

    public const string ListUnfinished = "SELECT id FROM jobs WHERE completed_at IS NULL AND id > ? ORDER BY id LIMIT ?";

    public const string ListDue = "SELECT id FROM jobs WHERE due_at <= ? ORDER BY due_at, id LIMIT ?";

    public const string ReadEvents = "SELECT body FROM events WHERE job = ? AND sequence > ? ORDER BY sequence LIMIT ?";

    public const string PruneKeys = """
        DELETE FROM idempotency WHERE (tenant, key) IN (SELECT tenant, key FROM idempotency WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)
        """;

    /// <summary>An event that was not delivered yet stays, however old.</summary>
    public const string PruneEvents = """
        DELETE FROM events WHERE (job, sequence) IN (
            SELECT job, sequence FROM events
            WHERE at < ? AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.job = events.job AND outbox.sequence = events.sequence)
            ORDER BY at LIMIT ?)
        """;

    public const string ListPrunable = """
        SELECT id FROM jobs
        WHERE completed_at < ? AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.job = jobs.id)
            AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.job = jobs.id AND deliveries.status = 'pending')
        ORDER BY completed_at LIMIT ?
        """;

    public const string DeleteEvents = "DELETE FROM events WHERE job = ?";

    public const string DeleteKeys = "DELETE FROM idempotency WHERE job = ?";

    public const string Delete = "DELETE FROM jobs WHERE id = ?";
}
