namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of answers, as every database reads them. Parameters are bound in order.</summary>
internal static class AnswerSql
{
    public const string Insert = """
        INSERT INTO answers (tenant, virtual_key, fingerprint, node, epoch, job, changed_at, answer, listener) VALUES (?, ?, ?, ?, ?, ?, ?, 'awaited', 1)
        """;

    /// <summary>
    /// The newest jobs alike of one answer, of which those that run or ended late enough, of one status or any. Only so many are looked at:
    /// a caller who sends one request again and again must not make each of them slower than the one before.
    /// </summary>
    public const string ListAlike = """
        SELECT answer, state FROM (
            SELECT job, answer FROM answers WHERE tenant = ? AND virtual_key = ? AND fingerprint = ? AND answer = ? ORDER BY job DESC LIMIT 16) AS newest
        JOIN jobs ON jobs.id = newest.job
        WHERE (completed_at IS NULL OR completed_at >= ?) AND coalesce(?, status) = status
        ORDER BY jobs.id DESC
        """;

    public const string Attach = """
        UPDATE answers SET answer = 'awaited', changed_at = ?, listener = listener + 1, node = ?, epoch = ? WHERE job = ? RETURNING listener
        """;

    public const string Note = "UPDATE answers SET answer = ?, changed_at = ? WHERE job = ? AND listener = ?";

    public const string Orphan = $"""
        UPDATE answers SET answer = 'orphaned', changed_at = ?
        WHERE answer = 'awaited'
            AND NOT EXISTS (SELECT 1 FROM nodes WHERE nodes.id = answers.node AND nodes.epoch = answers.epoch AND {NodeSql.Lives})
        """;

    public const string Delete = "DELETE FROM answers WHERE job = ?";
}
