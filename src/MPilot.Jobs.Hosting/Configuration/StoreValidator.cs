using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Storage.Postgres;

namespace MPilot.Jobs.Hosting.Configuration;

/// <summary>Finds what is wrong with where jobs are kept. What it says never holds a password.</summary>
internal static class StoreValidator
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    public static IEnumerable<OptionMistake> Validate(string root, StoreOptions store)
    {
        if (store.Kind is not (Sqlite or Postgres))
        {
            yield return new($"{root}:Kind", $"must be {Sqlite} or {Postgres}.");
        }
        else if (store.Kind == Postgres && (store.ConnectionString is not { } text || !PostgresDatabase.IsConnectionString(text)))
        {
            yield return new(
                $"{root}:ConnectionString",
                "must be like Host=db.internal;Database=mpilot;Username=mpilot;Password=…, in Npgsql's words, with a time limit above 0 where it sets one.");
        }
        else if (store.Kind == Sqlite && store.ConnectionString is not null)
        {
            yield return new($"{root}:ConnectionString", $"is for {Postgres} only; {Sqlite} has Path.");
        }

        if (store.Kind == Postgres && store.Path is not null)
        {
            yield return new($"{root}:Path", $"is for {Sqlite} only; {Postgres} has ConnectionString.");
        }
    }
}
