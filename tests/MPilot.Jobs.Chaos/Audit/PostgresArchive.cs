using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>Of a cluster.</summary>
internal sealed class PostgresArchive(PostgresServer server, string name, string artifacts) : IArchive
{
    public string Artifacts => artifacts;

    public Task<IReadOnlyList<string>> ListAsync(string sql) => server.TextsAsync(sql, name);

    public async Task<OpenArchive> OpenAsync()
    {
        var database = new PostgresDatabase(server.ConnectionTo(name));
        await database.OpenAsync(CancellationToken.None);
        return new(database, new PostgresJobStore(database), new PostgresPurchaseLedger(database), new PostgresArtifactLedger(database));
    }
}
