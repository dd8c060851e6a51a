using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;

using Orleans.Serialization;

namespace MPilot.Jobs.Orleans;

/// <summary>Puts a cluster node's engine into a service collection.</summary>
public static class ClusterEngineServices
{
    /// <summary>Adds the engine to a silo; its ports are those the embedded engine has.</summary>
    public static void AddClusterEngine(this IServiceCollection services, NodeLife life)
    {
        services.AddEngineExceptions();
        services.AddSingleton(life);
        services.AddSingleton<ClusterEngine>();
        services.AddSingleton<IJobs>(provider => provider.GetRequiredService<ClusterEngine>().Jobs);
        services.AddSingleton<IGates>(provider => provider.GetRequiredService<ClusterEngine>().Gates);
        services.AddSingleton<IDrainable>(provider => provider.GetRequiredService<ClusterEngine>().Runner);
        services.AddHostedService<ClusterEngineService>();
    }

    /// <summary>The engine's exceptions are thrown by grains and caught by type on other nodes.</summary>
    public static void AddEngineExceptions(this IServiceCollection services)
        => services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add("MPilot.Jobs."));
}
