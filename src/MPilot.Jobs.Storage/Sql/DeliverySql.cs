namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of deliveries, as every database reads them. Parameters are bound in order.</summary>
internal static class DeliverySql
{
    public const string Insert = $"""
        INSERT INTO deliveries ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    public const string Find = $"{Select} WHERE tenant = ? AND id = ?";

    public const string List = $"{Select} WHERE tenant = ? AND id < ? {Newest}";

    public const string ListByStatus = $"{Select} WHERE tenant = ? AND status = ? AND id < ? {Newest}";

    public const string ListByEndpoint = $"{Select} WHERE tenant = ? AND endpoint = ? AND coalesce(?, status) = status AND id < ? {Newest}";

    /// <summary>A job has few: what else is asked of them is looked up in each. A filter that is null is met by every row.</summary>
    public const string ListByJob = $"""
        {Select}
        WHERE tenant = ? AND job = ? AND coalesce(?, coalesce(endpoint, '')) = coalesce(endpoint, '') AND coalesce(?, status) = status AND id < ? {Newest}
        """;

    public const string ListAttempts = """
        SELECT number, at, duration, outcome, status_code FROM delivery_attempts WHERE delivery = ? ORDER BY number
        """;

    public const string Redeliver = $"UPDATE deliveries {Anew} WHERE tenant = ? AND id = ? AND status <> 'pending'";

    public const string RedeliverFailed = $"""
        UPDATE deliveries {Anew}
        WHERE tenant = ? AND status IN ('exhausted', 'discarded') AND ended_at >= ? AND coalesce(?, coalesce(endpoint, '')) = coalesce(endpoint, '')
        """;

    /// <summary>Fenced: changes nothing where the claim was lost.</summary>
    public const string Record = """
        UPDATE deliveries SET
            status = ?, outcome = ?, due_at = coalesce(?, due_at), ended_at = ?, attempts = ?, tries = ?, node = NULL, epoch = NULL
        WHERE id = ? AND status = 'pending' AND node = ? AND epoch = ?
        """;

    public const string InsertAttempt = """
        INSERT INTO delivery_attempts (delivery, number, tenant, at, duration, outcome, status_code) VALUES (?, ?, ?, ?, ?, ?, ?)
        """;

    public const string PruneAttempts = $"DELETE FROM delivery_attempts WHERE delivery IN ({Ended})";

    public const string Prune = $"DELETE FROM deliveries WHERE id IN ({Ended})";

    private const string Columns
        = "id, tenant, target, endpoint, url, job, sequence, event, format, about, status, outcome, created_at, due_at, ended_at, attempts, tries";

    private const string Select = $"SELECT {Columns} FROM deliveries";

    private const string Newest = "ORDER BY id DESC LIMIT ?";

    private const string Anew = "SET status = 'pending', due_at = ?, ended_at = NULL, tries = 0";

    private const string Ended = "SELECT id FROM deliveries WHERE ended_at < ? ORDER BY ended_at, id LIMIT ?";

    /// <summary>What may be claimed of one receiver: due, nobody's, and none before it in the line of its job.</summary>
    private const string Claimable = """
        SELECT due.id FROM deliveries AS due
        WHERE due.status = 'pending' AND due.target = ? AND due.due_at <= ? AND due.epoch IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM deliveries AS earlier
                WHERE earlier.status = 'pending' AND earlier.job = due.job AND earlier.target = due.target AND earlier.sequence < due.sequence)
        ORDER BY due.due_at, due.id LIMIT ?
        """;

    public static readonly DueSql Due = new("deliveries", Claimable, Columns);
}
