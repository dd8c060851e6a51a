using MPilot.Jobs.Storage.Sqlite;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

internal static class QueryPlans
{
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
