using MPilot.Jobs.Storage.Sql;

namespace MPilot.Jobs.Storage.Postgres;

/// <summary>Brings a database to the newest shape, all in one transaction. One process does; those that start meanwhile wait for it.</summary>
internal static class PostgresMigrations
{
    private static readonly MigrationScripts Scripts = new("postgres");

    /// <exception cref="NewerDatabaseException">A migration was applied that this version does not have.</exception>
    public static async Task ApplyAsync(PostgresSession session)
    {
        session.Prepare(PostgresSql.LockNumber).Bind(PostgresLocks.Migrations).Send();
        await session.SendAsync();
        await session.ExecuteAsync(PostgresSql.EnsureMigrations);
        session.Prepare(MigrationScripts.Newest);
        foreach (var (number, name, script) in Scripts.After(await session.NumberAsync()))
        {
            await session.ExecuteAsync(script);
            session.Prepare(MigrationScripts.Record).Bind(number).Bind(name).Send();
            await session.SendAsync();
        }

        await session.ExecuteAsync(PostgresSql.RebaseOutbox);
        await session.ExecuteAsync(PostgresSql.RebaseEvents);
    }
}
