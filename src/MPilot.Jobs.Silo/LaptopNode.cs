using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Orleans;

namespace MPilot.Jobs.Silo;

/// <summary>A cluster of one node on this machine, to try the cluster's engine with.</summary>
internal static class LaptopNode
{
    /// <summary>Adds the silo. Its store and its files are this process's alone, so it claims them: a second node on the same data is refused.</summary>
    public static void Add(IServiceCollection services, MPilotOptions options)
    {
        var held = DataDirectoryLock.Take(options.Data);
        services.AddSingleton(_ => held);
        services.AddOrleans(silo => silo.UseLocalhostClustering());
        services.AddClusterEngine(new NodeLife());
    }
}
