namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of gate epochs, as every database reads them. Parameters are bound in order.</summary>
internal static class GateSql
{
    public const string Open = "INSERT INTO gates (provider, epoch) VALUES (?, 1) ON CONFLICT (provider) DO UPDATE SET epoch = gates.epoch + 1 RETURNING epoch";

    public const string IsNewest = "SELECT epoch FROM gates WHERE provider = ? AND epoch = ?";

    public const string ListInFlight = """
        SELECT job, number FROM purchases WHERE provider = ? AND status IN ('sending', 'accepted')
        UNION ALL
        SELECT job, number FROM purchases WHERE provider = ? AND status = 'lost' AND ended_at >= ?
        ORDER BY job, number
        """;
}
