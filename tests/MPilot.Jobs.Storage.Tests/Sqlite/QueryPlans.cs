using MPilot.Jobs.Storage.Sqlite;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

internal static class QueryPlans
{
    /// <summary>Neither does it look at all rows of a table, nor sort what an index has in order.</summary>
    public static async Task ShouldBeFrugalAsync(this SqliteDatabase database, string sql, string table)
    {
        var plan = await database.WriteAsync(session => session.Explain(sql), default);

        plan.ShouldNotContain(step => step.StartsWith($"SCAN {table}", StringComparison.Ordinal) || step.StartsWith("SCAN due", StringComparison.Ordinal), string.Join('\n', plan));
        plan.ShouldNotContain(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal), string.Join('\n', plan));
    }

    /// <summary>The steps SQLite would take.</summary>
    public static List<string> Explain(this SqliteSession session, string sql)
    {
        var statement = session.Prepare($"EXPLAIN QUERY PLAN {sql}");
        for (var i = 0; i < sql.Count(c => c == '?'); i++)
        {
            statement.Bind((string?)null);
        }

        return statement.All(row => row.TextAt(3));
    }
}
