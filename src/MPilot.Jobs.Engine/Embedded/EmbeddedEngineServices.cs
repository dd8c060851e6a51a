using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Engine.Embedded;

/// <summary>Puts the one-process engine into a service collection.</summary>
public static class EmbeddedEngineServices
{
    /// <summary>Takes the lock on the data directory at once, and adds the engine.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has it.</exception>
    public static void AddEmbeddedEngine(this IServiceCollection services, MPilotOptions options)
    {
        var held = DataDirectoryLock.Take(options.Data);
        services.AddSingleton(_ => held);
        services.AddSingleton<EmbeddedEngine>();
        services.AddSingleton<IJobs>(provider => provider.GetRequiredService<EmbeddedEngine>().Jobs);
        services.AddSingleton<IDrainable>(provider => provider.GetRequiredService<EmbeddedEngine>().Runner);
        services.AddSingleton<IGates>(provider => provider.GetRequiredService<EmbeddedEngine>().Gates);
        services.AddHostedService<EmbeddedEngineService>();
    }
}
