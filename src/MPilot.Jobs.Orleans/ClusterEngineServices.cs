using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Orleans.Gates;
using MPilot.Jobs.Orleans.Jobs;
using MPilot.Jobs.Orleans.Nodes;
using MPilot.Jobs.Orleans.Sweeping;

using Orleans.Serialization;

namespace MPilot.Jobs.Orleans;

/// <summary>Puts a cluster node's part of the engine into a service collection.</summary>
public static class ClusterEngineServices
{
    /// <summary>Adds what a node needs that only asks: the way to the jobs and gates of the cluster, and a lease of its own.</summary>
    public static void AddClusterAccess(this IServiceCollection services)
    {
        services.AddEngineExceptions();
        services.TryAddKeyedSingleton(EngineTime.Key, TimeProvider.System);
        services.AddSingleton<GrainJobs>();
        services.AddSingleton<IJobs>(provider => provider.GetRequiredService<GrainJobs>());
        services.AddSingleton<GrainGates>();
        services.AddSingleton<IGates>(provider => provider.GetRequiredService<GrainGates>());
        services.AddHostedService<NodeLeaseService>();
    }

    /// <summary>Adds what a silo needs besides: the engine its grains work with, and the sweeps. Its ports are those the embedded engine has.</summary>
    public static void AddClusterEngine(this IServiceCollection services)
    {
        services.AddClusterAccess();
        services.AddSingleton<Resumption>();
        services.AddSingleton<ClusterEngine>();
        services.AddSingleton<IDrainable>(provider => provider.GetRequiredService<ClusterEngine>().Runner);
        services.AddHostedService<ClusterSweepService>();
    }

    /// <summary>
    /// The engine's exceptions are thrown by grains and caught by type on other nodes. What is behind one comes from a library that only the store knows, and
    /// must not keep it from arriving.
    /// </summary>
    public static void AddEngineExceptions(this IServiceCollection services)
        => services.Configure<ExceptionSerializationOptions>(options => options.SupportedExceptionTypeFilter = _ => true);
}
