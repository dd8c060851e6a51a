using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Storage.Sqlite;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>Of the service of one process.</summary>
internal sealed class SqliteArchive(Workspace workspace) : IArchive
{
    public string Artifacts => workspace.Artifacts;

    public Task<IReadOnlyList<string>> ListAsync(string sql) => Task.FromResult(workspace.List(sql));

    public async Task<OpenArchive> OpenAsync()
    {
        var database = new SqliteDatabase(workspace.Database);
        await database.OpenAsync(CancellationToken.None);
        return new(database, new SqliteJobStore(database), new SqlitePurchaseLedger(database), new SqliteArtifactLedger(database));
    }
}
