namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>The statements of <see cref="SqliteTenantEvents"/>. Parameters are bound in order.</summary>
internal static class TenantEventSql
{
    /// <summary>Right after the event's row of the outbox, whose id is the position: the one writer draws ids in the order of commits.</summary>
    public const string Insert = "INSERT INTO events (job, sequence, tenant, type, at, body, position) VALUES (?, ?, ?, ?, ?, ?, last_insert_rowid())";

    public const string Read = "SELECT position, job, body FROM events WHERE tenant = ? AND position > ? ORDER BY position LIMIT ?";

    /// <summary>The last id that was drawn, also where its row is gone.</summary>
    public const string FindEnd = "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'";
}
