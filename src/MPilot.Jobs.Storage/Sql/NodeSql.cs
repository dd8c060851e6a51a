namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of nodes, as every database reads them. Parameters are bound in order.</summary>
internal static class NodeSql
{
    /// <summary>Whether a node lives: nobody has taken over from it, whatever the time is.</summary>
    public const string Lives = "nodes.lease_until >= 0";

    /// <summary>Marked by -1, below every end: no renewal brings such an epoch back to life.</summary>
    public const string TakeOverAll = "UPDATE nodes SET lease_until = -1";

    public const string NextEpoch = "SELECT coalesce(max(epoch), 0) + 1 FROM nodes";

    public const string Register = """
        INSERT INTO nodes (id, epoch, lease_until) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, lease_until = excluded.lease_until
        """;

    /// <summary>Each epoch once. Those that left come first, with an end of 0.</summary>
    public const string TakeOver = "UPDATE nodes SET lease_until = -1 WHERE lease_until BETWEEN 0 AND ? RETURNING id";

    public const string Renew = $"UPDATE nodes SET lease_until = ? WHERE id = ? AND epoch = ? AND {Lives}";

    public const string Leave = $"UPDATE nodes SET lease_until = 0 WHERE id = ? AND epoch = ? AND {Lives}";
}
