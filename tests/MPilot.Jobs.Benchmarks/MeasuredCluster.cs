using System.Globalization;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Benchmarks;

/// <summary>Silos in processes of their own over one PostgreSQL, measured from outside, and their messages from inside.</summary>
internal sealed class MeasuredCluster : IAsyncDisposable
{
    private readonly List<Participant> _silos = [];
    private readonly string _root = Directory.CreateTempSubdirectory("mpilot-bench-").FullName;
    private readonly List<string> _databases = [];
    private readonly PostgresServer _server;

    private MeasuredCluster(PostgresServer server) => _server = server;

    public IReadOnlyList<Uri> Addresses => _silos.ConvertAll(s => s.Address);

    /// <summary>Processor time of all silos so far.</summary>
    public double CpuMs => _silos.Sum(s => s.Cpu.TotalMilliseconds);

    /// <param name="silos">How many.</param>
    /// <param name="areApart">Whether each has a database of its own: as many processes, which know nothing of each other.</param>
    /// <param name="server">Where databases are made.</param>
    /// <param name="configuration">What the silos are told besides.</param>
    public static async Task<MeasuredCluster> StartAsync(int silos, bool areApart, PostgresServer server, JsonObject configuration)
    {
        var cluster = new MeasuredCluster(server);
        for (var i = 0; i < silos; i++)
        {
            if (i == 0 || areApart)
            {
                cluster._databases.Add(await server.CreateDatabaseAsync());
            }

            cluster._silos.Add(await cluster.StartAsync(i, configuration));
        }

        return cluster;
    }

    public async Task<ClusterReading> ReadAsync()
    {
        var commits = await _server.NumberAsync($"SELECT sum(xact_commit)::bigint FROM pg_stat_database WHERE datname IN ('{string.Join("', '", _databases)}')");
        var writes = await _server.NumberAsync("SELECT pg_current_xact_id()::text::bigint");
        var counts = Enumerable.Range(0, _silos.Count).SelectMany(i => File.Exists(MessagesOf(i)) ? File.ReadAllLines(MessagesOf(i)) : []).Select(l => l.Split('=')).ToList();
        return new(TimeProvider.System.GetTimestamp(), CpuMs, commits, writes, Sum(counts, "orleans-messaging-sent-messages-size"), Sum(counts, "orleans-messaging-sent-local"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        Directory.Delete(_root, recursive: true);
    }

    private static long Sum(List<string[]> counts, string name)
        => counts.Where(c => c[0].StartsWith(name, StringComparison.Ordinal)).Sum(c => long.Parse(c[1], CultureInfo.InvariantCulture));

    private string MessagesOf(int silo) => Path.Combine(_root, string.Create(CultureInfo.InvariantCulture, $"messages-{silo}"));

    private async Task<Participant> StartAsync(int number, JsonObject configuration)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"silo-{number}");
        var file = Path.Combine(_root, $"{name}.json");
        var node = SiloConfiguration.Of(configuration, _server.ConnectionTo(_databases[^1]), Path.Combine(_root, $"artifacts-{_databases[^1]}"));
        await File.WriteAllTextAsync(file, new JsonObject { ["MPilot"] = node }.ToJsonString());
        string[] arguments = [SiloProgram.Path, "--port", "0", "--data", Path.Combine(_root, name), "--config", file];
        return await Participant.StartAsync(
            "dotnet", arguments, "MPilot.Jobs listens on ", ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location), (StartupHook.Variable, MessagesOf(number)));
    }
}
