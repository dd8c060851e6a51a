using System.Globalization;
using System.Text.Json.Nodes;

using MPilot.Jobs.Chaos.Audit;
using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>One PostgreSQL, one folder of pictures, and silos that share them, each at a cable of its own.</summary>
internal sealed class ClusterStage : IAsyncDisposable
{
    private readonly Workspace _shared;
    private readonly List<Workspace> _workspaces;

    private ClusterStage(PostgresServer server, string database, int silos, JsonObject configuration, TimeProvider time)
    {
        _shared = new();
        _workspaces = [.. Enumerable.Range(0, silos).Select(_ => new Workspace { Program = SiloProgram.Path })];
        Server = server;
        Archive = new PostgresArchive(server, database, _shared.Artifacts);
        Silos = _workspaces.ConvertAll(workspace =>
        {
            var cable = new Cable(server.Socket, time);
            var connection = $"Host=127.0.0.1;Port={cable.Port};Username=mpilot;Database={database}";
            return new Silo(workspace, SiloConfiguration.Of(configuration, connection, _shared.Artifacts), cable, time);
        });
        Entrances = new([.. Silos.Select(s => s.Door)]);
    }

    public PostgresServer Server { get; }

    public IArchive Archive { get; }

    public IReadOnlyList<Silo> Silos { get; }

    public Entrances Entrances { get; }

    /// <summary>How the lives of all silos ended.</summary>
    public IEnumerable<string> Ends => Silos.SelectMany(s => s.Ends);

    /// <summary>Starts everything, and waits until all silos listen.</summary>
    public static async Task<ClusterStage> SetAsync(int silos, JsonObject configuration, TimeProvider time)
    {
        var server = await PostgresServer.StartAsync();
        var stage = new ClusterStage(server, await server.CreateDatabaseAsync(), silos, configuration, time);
        foreach (var silo in stage.Silos)
        {
            silo.Start();
        }

        await Task.WhenAll(stage.Silos.Select(s => s.Door.AddressAsync()));
        return stage;
    }

    public Task StopSilosAsync() => Task.WhenAll(Silos.Select(s => s.StopAsync()));

    /// <summary>Leaves what each silo printed in a folder.</summary>
    public async Task LogAsync(string? folder)
    {
        for (var i = 0; folder is not null && i < Silos.Count; i++)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Join(folder, string.Create(CultureInfo.InvariantCulture, $"silo-{i}.log")), Silos[i].Output);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
            await silo.Cable.DisposeAsync();
        }

        await Server.DisposeAsync();
        _workspaces.ForEach(w => w.Dispose());
        _shared.Dispose();
    }
}
