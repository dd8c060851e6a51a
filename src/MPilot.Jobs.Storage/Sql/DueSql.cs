namespace MPilot.Jobs.Storage.Sql;

/// <summary>The statements of a table whose rows are brought to receivers when they are due. Parameters are bound in order. One for each table: statements are known by reference.</summary>
/// <param name="table">It has <c>id</c>, <c>target</c>, <c>status</c>, <c>due_at</c>, and <c>node</c> and <c>epoch</c> of the process that tries a row just now.</param>
/// <param name="claimable">Finds, as <c>due</c>, what may be claimed; of target, present and limit.</param>
/// <param name="columns">What is read of a row.</param>
internal sealed class DueSql(string table, string claimable, string columns)
{
    /// <summary>From one receiver to the next, however much waits for each; of the receiver before, the present and the limit.</summary>
    public string ListTargets { get; } = $"""
        WITH RECURSIVE receivers (target) AS (
            SELECT min(target) FROM {table} WHERE status = 'pending' AND target > ?
            UNION ALL
            SELECT (SELECT min(target) FROM {table} WHERE status = 'pending' AND target > receivers.target)
            FROM receivers WHERE receivers.target IS NOT NULL)
        SELECT receivers.target FROM receivers
        WHERE EXISTS (
            SELECT 1 FROM {table} AS due
            WHERE due.status = 'pending' AND due.target = receivers.target AND due.due_at <= ? AND due.epoch IS NULL)
        LIMIT ?
        """;

    public string Claimable => claimable;

    public string ListOrphans { get; } = $"""
        SELECT DISTINCT node, epoch FROM {table}
        WHERE epoch IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM nodes WHERE nodes.id = {table}.node AND nodes.epoch = {table}.epoch AND {NodeSql.Lives})
        """;

    public string Release { get; } = $"UPDATE {table} SET node = NULL, epoch = NULL WHERE epoch IS NOT NULL AND node = ? AND epoch = ?";

    /// <summary>A claim, as <see cref="DueRows.Claim"/> binds it.</summary>
    /// <param name="opening">How the database takes what is claimable: before it,</param>
    /// <param name="closing">and after it.</param>
    public string Claim(string opening, string closing) => $"""
        UPDATE {table} SET node = ?, epoch = ? WHERE id {opening}{claimable}{closing}
            AND EXISTS (SELECT 1 FROM nodes WHERE nodes.id = ? AND nodes.epoch = ? AND {NodeSql.Lives})
        RETURNING {columns}
        """;
}
