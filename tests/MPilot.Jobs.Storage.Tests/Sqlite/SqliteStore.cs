using MPilot.Jobs.Storage.Sqlite;
using MPilot.Jobs.Storage.Tests.Conformance;
using MPilot.Jobs.Storage.Tests.Samples;

namespace MPilot.Jobs.Storage.Tests.Sqlite;

/// <summary>A SQLite store in a folder of its own.</summary>
internal sealed class SqliteStore : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TemporaryFolder Folder => _folder;

    public string Path => _folder.File("jobs.db");

    public SqliteDatabase Database { get; private set; } = null!;

    public StorePorts Ports { get; private set; } = null!;

    public static async Task<SqliteStore> OpenAsync(TimeSpan? busyTimeout = null)
    {
        var store = new SqliteStore();
        await store.StartAsync(busyTimeout);
        return store;
    }

    public static StorePorts PortsOf(SqliteDatabase database) => new(
        new SqliteJobStore(database), new SqliteOutbox(database), new SqliteNodes(database), new SqliteArtifactLedger(database),
        new SqliteSigningKeys(database), new SqliteFileStore(database), new SqlitePurchaseLedger(database), new SqliteGateEpochs(database),
        new SqliteWebhookEndpoints(database), new SqliteDeliveries(database), new SqliteTenantEvents(database),
        new SqliteBucketPuts(database));

    public async Task ReopenAsync()
    {
        await Database.DisposeAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(TimeSpan? busyTimeout = null)
    {
        Database = new SqliteDatabase(Path) { BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(5) };
        await Database.OpenAsync(default);
        Ports = PortsOf(Database);
    }
}
