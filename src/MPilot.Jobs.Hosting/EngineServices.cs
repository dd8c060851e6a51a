using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Artifacts;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Emulation;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Engine.Nodes;

namespace MPilot.Jobs.Hosting;

/// <summary>The engine's parts that do not depend on where it runs.</summary>
internal static class EngineServices
{
    public static void AddEngineParts(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IRandomness, SystemRandomness>();
        services.AddSingleton<Ids>();
        services.AddSingleton(provider => new NodeIdentity(provider.GetRequiredService<Ids>().NewNode()));
        services.AddSingleton<Draining>();
        services.AddSingleton<ProviderCatalog>();
        services.AddSingleton<Pictures>();
        services.AddSingleton<EditDrawing>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<JobLinks>();
        services.AddSingleton<RereadPace>();
        services.AddSingleton<JobWaiter>();
        services.AddSingleton<JobEventReader>();
        services.AddSingleton<TenantEventReader>();
        services.AddSingleton<AnswerNotes>();
        services.AddHostedService<AnswerNotesService>();
        services.AddSingleton<ArtifactSweeper>();
        services.AddHostedService<ArtifactSweeperService>();
        services.AddProviderHttp();
        services.AddPictureFetcher();
    }

    /// <summary>The options, whole and by section: whoever needs a section asks for just that.</summary>
    public static void AddOptions(this IServiceCollection services, MPilotOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Http);
        services.AddSingleton(options.Jobs);
        services.AddSingleton(options.Bus);
        services.AddSingleton(options.Cluster);
        services.AddSingleton(options.Pictures);
        services.AddSingleton(options.Retention);
        services.AddSingleton(options.Webhooks);
        services.AddSingleton(options.Buckets);
    }
}
