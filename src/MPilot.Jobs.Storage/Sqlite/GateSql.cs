namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>The statements of <see cref="SqliteGateEpochs"/>. Parameters are bound in order.</summary>
internal static class GateSql
{
    public const string Open = "INSERT INTO gates (provider, epoch) VALUES (?, 1) ON CONFLICT (provider) DO UPDATE SET epoch = epoch + 1 RETURNING epoch";

    public const string ListInFlight = """
        SELECT job, number FROM purchases WHERE provider = ? AND status IN ('sending', 'accepted') ORDER BY job, number
        """;
}
