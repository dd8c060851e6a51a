using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Tests.Kit;

using Orleans.TestingHost;

namespace MPilot.Jobs.Orleans.Tests;

/// <summary>A cluster of silos in this process over one world. Orleans runs by the real clock, the engine by the world's.</summary>
public sealed class RunningCluster : IRunningEngine
{
    /// <summary>
    /// As long as the embedded engine's: a test that lets half a minute go by at once kills nobody. Where a node is to be taken for dead, it has left.
    /// </summary>
    private readonly ClusterOptions _life = new() { Lease = TimeSpan.FromDays(1) };

    private readonly InProcessTestCluster _cluster;
    private readonly ProcessParts _parts;
    private readonly Lazy<Task> _end;

    private RunningCluster(ProcessParts parts, short silos)
    {
        _parts = parts;
        _end = new(EndAsync);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSiloHost((_, host) => host.Logging.ClearProviders());
        builder.ConfigureSilo((options, silo) => Configure(silo.Services, options.SiloName));
        _cluster = builder.Build();
    }

    public IJobs Jobs => EngineOf(0).Jobs;

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    private IEnumerable<ClusterEngine> Engines => Enumerable.Range(0, _cluster.Silos.Count).Select(EngineOf);

    /// <summary>Starts a cluster that knows all before it to be gone.</summary>
    public static async Task<RunningCluster> StartAsync(ProcessParts parts, short silos = 2, TimeSpan? lease = null)
    {
        var store = parts.World.Store;
        var before = await store.RegisterAsync("node_before", parts.World.Time.GetUtcNow(), expireOthers: true, CancellationToken.None);
        await store.LeaveAsync("node_before", before, CancellationToken.None);
        var cluster = new RunningCluster(parts, silos);
        cluster._life.Lease = lease ?? cluster._life.Lease;
        try
        {
            await cluster._cluster.DeployAsync();
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        _ = cluster.EndWithProcessAsync();
        return cluster;
    }

    public ClusterEngine EngineOf(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<ClusterEngine>();

    public IGates GatesOf(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<IGates>();

    public NodeIdentity NodeOf(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<NodeIdentity>();

    public Task KillAsync(int silo) => _cluster.KillSiloAsync(_cluster.Silos[silo]);

    public FaultyStore Store => _parts.Store;

    /// <summary>Opens a gate as a node does that took its silo for dead: nothing is stored any more that the gate so far grants.</summary>
    public async Task MoveGateAsync(string provider)
        => await _parts.World.Store.OpenAsync(provider, CancellationToken.None);

    public Task WhenIdleAsync() => Task.WhenAll(Engines.Select(e => e.Runner.WhenIdleAsync()));

    public Task StopAsync() => _cluster.StopSilosAsync();

    public async ValueTask DisposeAsync() => await _end.Value;

    /// <summary>A process that dies takes its silos with it.</summary>
    private async Task EndWithProcessAsync()
    {
        await _parts.Faults.Died;
        await _end.Value;
    }

    private async Task EndAsync()
    {
        foreach (var silo in _cluster.Silos.ToList())
        {
            await _cluster.KillSiloAsync(silo);
        }

        await _cluster.DisposeAsync();
    }

    private void Configure(IServiceCollection services, string silo)
    {
        var world = _parts.World;
        var node = new NodeIdentity($"{_parts.Node.Node}_{silo}");
        services.AddSingleton(node);
        services.AddSingleton<INodes>(_parts.Store);
        services.AddSingleton<IRandomness>(world.Randomness);
        services.AddSingleton<IJobStore>(_parts.Store);
        services.AddSingleton<IGateEpochs>(_parts.Store);
        services.AddSingleton<IOutboxSignal>(_parts.Outbox);
        services.AddSingleton(_parts.Catalog);
        services.AddSingleton(_parts.Drawing);
        services.AddSingleton(_parts.Instruments);
        services.AddSingleton(_life);
        services.AddSingleton(world.Options.Jobs);
        services.AddSingleton(world.Options.Retention);
        services.AddSingleton(world.Ids);
        services.AddKeyedSingleton<TimeProvider>(EngineTime.Key, new ProcessTime(world.Time, _parts.Faults.Died));
        services.AddClusterEngine();
    }
}
