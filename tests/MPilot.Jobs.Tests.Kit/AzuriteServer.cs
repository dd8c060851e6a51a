namespace MPilot.Jobs.Tests.Kit;

/// <summary>A real Azurite, the emulator of Azure Blob Storage, on a port of its own and with its data in a temporary folder. It ends with the process that started it, however that ends.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>The account every Azurite has, and its key, as its documentation has it.</summary>
    public const string Account = "devstoreaccount1";

    public const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string Program = "tests/azurite/node_modules/azurite/dist/src/blob/main.js";

    private const string Listens = "successfully listens on ";

    private static readonly Lazy<Task<AzuriteServer>> Common = new(() => StartAsync());
    private static int _containers;

    private readonly ServerProcess _process = new("Azurite", "TERM");
    private readonly string[] _settings;

    private AzuriteServer(string[] settings) => _settings = settings;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>How to reach it with the account's key.</summary>
    public string ConnectionString => ConnectionTo(Address);

    /// <summary>The account's blob endpoint.</summary>
    public Uri Endpoint => new(Address, Account);

    /// <summary>The one of this process.</summary>
    public static Task<AzuriteServer> SharedAsync() => Common.Value;

    /// <summary>Starts another one, with more settings than it has by itself.</summary>
    public static async Task<AzuriteServer> StartAsync(params string[] settings)
    {
        var server = new AzuriteServer(settings);
        await server.ResumeAsync();
        return server;
    }

    /// <summary>How to reach it over another address, with the account's key.</summary>
    public static string ConnectionTo(Uri address) => $"AccountName={Account};AccountKey={Key};BlobEndpoint={new Uri(address, Account)}";

    /// <summary>A name that no other container of this process has.</summary>
    public static string NewContainer() => $"test-{Interlocked.Increment(ref _containers)}";

    /// <summary>Disconnects everybody and stops; the data stay.</summary>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>Starts where it was.</summary>
    public async Task ResumeAsync()
    {
        string[] line =
        [
            "node", Find(Program), "--blobHost", Address.Host, "--blobPort", $"{Address.Port}", "--location", _process.Folder,
            "--silent", "--disableTelemetry", .. _settings,
        ];
        var said = await _process.StartAsync(line, Listens);
        Address = new(said[(said.IndexOf(Listens, StringComparison.Ordinal) + Listens.Length)..]);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>It is installed once, in the tree, not beside every test: it has too many files to be copied about.</summary>
    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Join(folder.FullName, path);
            if (File.Exists(found))
            {
                return found;
            }
        }

        throw new InvalidOperationException("Azurite is missing: npm ci in tests/azurite");
    }
}
