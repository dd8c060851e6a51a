using System.Globalization;
using System.Reflection;

namespace MPilot.Jobs.Storage.Sqlite;

/// <summary>Brings a database to the newest shape: numbered SQL, embedded, each applied once and in order, all in one transaction.</summary>
internal static class SqliteMigrations
{
    private const string Prefix = "sqlite/";

    private const string Ensure = "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL)";
    private const string Newest = "SELECT coalesce(max(number), 0) FROM migrations";
    private const string Record = "INSERT INTO migrations (number, name) VALUES (?, ?)";

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
        var known = Known();
        var newest = session.Prepare(Newest).Number() ?? 0;
        if (newest > known[^1].Number)
        {
            throw new NewerDatabaseException(
                $"The database has migration {newest}, the newest one known here is {known[^1].Number}. Run the version that made it, or a newer one.");
        }

        foreach (var (number, name) in known.Where(m => m.Number > newest))
        {
            session.Execute(Read(name));
            session.Prepare(Record).Bind(number).Bind(name).Run();
        }
    }

    private static List<(long Number, string Name)> Known()
        => [.. typeof(SqliteMigrations).Assembly.GetManifestResourceNames()
            .Where(r => r.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(r => r[Prefix.Length..])
            .Select(name => (long.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture), name))
            .Order()];

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
