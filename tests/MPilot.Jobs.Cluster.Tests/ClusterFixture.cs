using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Xunit;

namespace MPilot.Jobs.Cluster.Tests;

/// <summary>Three silos in processes of their own, and a provider that holds every call until its prompt is released.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly List<Workspace> _workspaces = [];
    private readonly List<ServiceProcess> _nodes = [];
    private readonly Workspace _shared = new();
    private PostgresServer _server = null!;

    /// <summary>What the nodes are configured with besides.</summary>
    public Action<JsonObject> Adapt { get; init; } = _ => { };

    public Simulator Provider { get; private set; } = null!;

    public string Database { get; private set; } = null!;

    public IReadOnlyList<ServiceProcess> Nodes => _nodes;

    public ServiceProcess A => _nodes[0];

    public ServiceProcess B => _nodes[1];

    public ServiceProcess C => _nodes[2];

    public async Task InitializeAsync()
    {
        Provider = await Simulator.StartAsync(new() { Otherwise = call => new ScriptAction { Hold = call.Prompt } });
        _server = await PostgresServer.SharedAsync();
        Database = await _server.CreateDatabaseAsync();
        _nodes.AddRange(await Task.WhenAll(StartAsync(), StartAsync(), StartAsync()));
    }

    /// <summary>Starts one more.</summary>
    public Task<ServiceProcess> StartAsync(string role = "both") => ServiceProcess.StartAsync(Fresh(SiloProgram.Path), Configuration(role));

    /// <summary>What a node of this cluster is configured with.</summary>
    public JsonObject Configuration(string role = "both", string? database = null)
    {
        var configuration = SiloConfiguration.Of(Configurations.With(Provider), _server.ConnectionTo(database ?? Database), _shared.Artifacts);
        configuration["Cluster"]!["Role"] = role;
        configuration["Buckets"] = new JsonObject { ["AllowPrivateHosts"] = true };
        configuration["Webhooks"] = new JsonObject { ["AllowPrivateHosts"] = true };
        Adapt(configuration);
        return configuration;
    }

    public Task<string> CreateDatabaseAsync() => _server.CreateDatabaseAsync();

    public Task<long> NumberAsync(string sql) => _server.NumberAsync(sql, Database);

    public Task<IReadOnlyList<string>> TextsAsync(string sql) => _server.TextsAsync(sql, Database);

    /// <summary>A folder for one more process.</summary>
    public Workspace Fresh(string? program = null)
    {
        var workspace = program is null ? new Workspace() : new Workspace { Program = program };
        lock (_workspaces)
        {
            _workspaces.Add(workspace);
        }

        return workspace;
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Provider.DisposeAsync();
        await _server.DropDatabaseAsync(Database);
        _workspaces.ForEach(w => w.Dispose());
        _shared.Dispose();
    }
}
