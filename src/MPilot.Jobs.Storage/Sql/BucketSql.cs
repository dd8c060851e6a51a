namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of pictures on their way to buckets, as every database reads them. Parameters are bound in order.</summary>
internal static class BucketSql
{
    public const string Insert = "INSERT INTO bucket_puts (id, tenant, job, slot, target, url, status, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    /// <summary>The job is final, and the slot has a picture.</summary>
    public const string Go = "UPDATE bucket_puts SET status = 'pending', due_at = ?, until = ? WHERE id = ? AND status = 'waiting'";

    public const string DropWaiting = "DELETE FROM bucket_puts WHERE job = ? AND status = 'waiting'";

    public const string List = $"SELECT {Columns} FROM bucket_puts WHERE job = ? ORDER BY slot";

    /// <summary>Fenced: changes nothing where the claim was lost. What ended keeps no URL.</summary>
    public const string Record = """
        UPDATE bucket_puts SET
            status = ?, outcome = ?, due_at = ?, ended_at = ?, url = CASE WHEN ? IS NULL THEN url END, attempts = ?, node = NULL, epoch = NULL
        WHERE id = ? AND status = 'pending' AND node = ? AND epoch = ?
        """;

    public const string Delete = "DELETE FROM bucket_puts WHERE job = ?";

    private const string Columns = "tenant, job, slot, target, url, status, outcome, due_at, until, ended_at, attempts";

    private const string Claimable = """
        SELECT due.id FROM bucket_puts AS due
        WHERE due.status = 'pending' AND due.target = ? AND due.due_at <= ? AND due.epoch IS NULL
        ORDER BY due.due_at, due.id LIMIT ?
        """;

    public static readonly DueSql Due = new("bucket_puts", Claimable, Columns);
}
