using System.Globalization;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>The numbered SQL of one kind of database, embedded: each is applied once, and in order.</summary>
/// <param name="kind">The prefix of its resources.</param>
internal sealed class MigrationScripts(string kind)
{
    public const string Newest = "SELECT coalesce(max(number), 0) FROM migrations";
    public const string Record = "INSERT INTO migrations (number, name) VALUES (?, ?)";

    private readonly string _prefix = kind + "/";

    /// <summary>The scripts that a database lacks whose newest one has this number.</summary>
    /// <exception cref="NewerDatabaseException">This version does not have that one.</exception>
    public IEnumerable<(long Number, string Name, string Script)> After(long newest)
    {
        var known = Known();
        return newest <= known[^1].Number
            ? known.Where(m => m.Number > newest).Select(m => (m.Number, m.Name, Read(m.Name)))
            : throw new NewerDatabaseException(
                $"The database has migration {newest}, the newest one known here is {known[^1].Number}. Run the version that made it, or a newer one.");
    }

    private List<(long Number, string Name)> Known()
        => [.. typeof(MigrationScripts).Assembly.GetManifestResourceNames()
            .Where(r => r.StartsWith(_prefix, StringComparison.Ordinal))
            .Select(r => r[_prefix.Length..])
            .Select(name => (long.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture), name))
            .Order()];

    private string Read(string name)
    {
        using var stream = typeof(MigrationScripts).Assembly.GetManifestResourceStream(_prefix + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
