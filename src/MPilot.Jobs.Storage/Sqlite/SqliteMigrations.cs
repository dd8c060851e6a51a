using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>Brings a database to the newest shape: numbered SQL, embedded, each applied once and in order, all in one transaction.</summary>
internal static class SqliteMigrations
{
    private const string Ensure = "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL)";

    private static readonly MigrationScripts Scripts = new("sqlite");

    /// <exception cref="NewerDatabaseException">A migration was applied that this version does not have.</exception>
    public static void Apply(SqliteSession session)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            ApplyMissing(session);
            session.Execute("COMMIT");
        }
        catch
        {
            if (session.InTransaction)
            {
                session.Execute("ROLLBACK");
            }

            throw;
        }
    }

    private static void ApplyMissing(SqliteSession session)
    {
        session.Execute(Ensure);
        foreach (var (number, name, script) in Scripts.After(session.Prepare(MigrationScripts.Newest).Number() ?? 0))
        {
            session.Execute(script);
            session.Prepare(MigrationScripts.Record).Bind(number).Bind(name).Run();
        }
    }
}
