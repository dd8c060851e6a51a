using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Storage.Tests.Conformance;

namespace MPilot.Jobs.Storage.Tests.Postgres;

/// <summary>A PostgreSQL store in a database of its own.</summary>
internal sealed class PostgresStore : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly List<PostgresDatabase> _opened = [];

    private PostgresStore(PostgresServer server, string name)
    {
        Server = server;
        Name = name;
    }

    public PostgresServer Server { get; }

    /// <summary>The database's.</summary>
    public string Name { get; }

    public PostgresDatabase Database => _opened[0];

    public StorePorts Ports => PortsOf(Database);

    public static async Task<PostgresStore> OpenAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var store = new PostgresStore(server, await server.CreateDatabaseAsync(await Template.Value));
        await store.OpenAnotherAsync();
        return store;
    }

    public static StorePorts PortsOf(PostgresDatabase database) => new(
        new PostgresJobStore(database), new PostgresOutbox(database), new PostgresNodes(database), new PostgresArtifactLedger(database),
        new PostgresSigningKeys(database), new PostgresFileStore(database), new PostgresPurchaseLedger(database),
        new PostgresGateEpochs(database), new PostgresWebhookEndpoints(database), new PostgresDeliveries(database), new PostgresTenantEvents(database),
        new PostgresBucketPuts(database));

    /// <summary>The store of another process on the same database.</summary>
    public async Task<StorePorts> OpenAnotherAsync()
    {
        var database = new PostgresDatabase(Server.ConnectionTo(Name));
        _opened.Add(database);
        await database.OpenAsync(default);
        return PortsOf(database);
    }

    public async Task DisposeDatabasesAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeDatabasesAsync();
        await Server.DropDatabaseAsync(Name);
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var server = await PostgresServer.SharedAsync();
        var name = await server.CreateDatabaseAsync();
        await using var database = new PostgresDatabase(server.ConnectionTo(name));
        await database.OpenAsync(default);
        return name;
    }
}
