namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of the purchase ledger, as every database reads them. Parameters are bound in order.</summary>
internal static class PurchaseSql
{
    /// <summary>Writes nothing for a call that is as it was.</summary>
    public const string Upsert = """
        INSERT INTO purchases (
            job, number, tenant, status, provider, model, node, epoch, key, provider_job_id, sent_at, ended_at,
            pictures, failure, possible_double, bound, cost, cost_known, currency)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (job, number) DO UPDATE SET
            status = excluded.status, node = excluded.node, epoch = excluded.epoch, provider_job_id = excluded.provider_job_id,
            ended_at = excluded.ended_at, failure = excluded.failure, cost = excluded.cost, cost_known = excluded.cost_known, currency = excluded.currency
        WHERE purchases.status IS DISTINCT FROM excluded.status OR purchases.node IS DISTINCT FROM excluded.node
            OR purchases.epoch IS DISTINCT FROM excluded.epoch OR purchases.provider_job_id IS DISTINCT FROM excluded.provider_job_id
            OR purchases.ended_at IS DISTINCT FROM excluded.ended_at
        """;

    public const string List = """
        SELECT job, number, tenant, provider, model, key, pictures, status, failure, possible_double, provider_job_id, bound, cost, cost_known, currency,
            sent_at, ended_at
        FROM purchases WHERE job = ? ORDER BY number
        """;

    public const string ListOrphaned = $"""
        SELECT job, number, epoch FROM purchases
        WHERE status IN ('sending', 'accepted')
            AND NOT EXISTS (SELECT 1 FROM nodes WHERE nodes.id = purchases.node AND nodes.epoch = purchases.epoch AND {NodeSql.Lives})
            AND (job, number) > (?, ?)
        ORDER BY job, number LIMIT ?
        """;

    /// <summary>What is still in flight has to be found by recovery.</summary>
    public const string Prune = """
        DELETE FROM purchases WHERE (job, number) IN (
            SELECT job, number FROM purchases WHERE sent_at < ? AND status NOT IN ('sending', 'accepted') ORDER BY sent_at LIMIT ?)
        """;
}
