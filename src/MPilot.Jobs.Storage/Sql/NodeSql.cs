namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of nodes, as every database reads them. Parameters are bound in order.</summary>
internal static class NodeSql
{
    /// <summary>To the beginning of time, not to the present: a clock that is set back must not bring an epoch back to life.</summary>
    public const string ExpireAll = "UPDATE nodes SET lease_until = 0";

    public const string NextEpoch = "SELECT coalesce(max(epoch), 0) + 1 FROM nodes";

    public const string Register = """
        INSERT INTO nodes (id, epoch, lease_until) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, lease_until = excluded.lease_until
        """;

    /// <summary>Each epoch once: -1 is below every other end.</summary>
    public const string TakeExpired = "UPDATE nodes SET lease_until = -1 WHERE lease_until BETWEEN 0 AND ? RETURNING id";

    public const string Renew = "UPDATE nodes SET lease_until = ? WHERE id = ? AND epoch = ? AND lease_until > ?";
}
