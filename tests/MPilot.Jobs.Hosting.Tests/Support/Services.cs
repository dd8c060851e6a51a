using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Embedded;
using MPilot.Jobs.Hosting.Configuration;

namespace MPilot.Jobs.Hosting.Tests.Support;

/// <summary>The service put together in this process, on a free port.</summary>
internal static class Services
{
    public static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>();

    public static Task<WebApplication> BuildAsync(Workspace workspace, Action<IServiceCollection, MPilotOptions>? addEngine = null)
        => JobsApplication.BuildAsync(
            new ConfigurationSource
            {
                Environment = NoEnvironment,
                Overrides = new Dictionary<string, string?> { ["MPilot:Data"] = workspace.Data, ["MPilot:Http:Listen"] = "http://127.0.0.1:0" },
            },
            new HookedHosting(addEngine ?? EmbeddedEngineServices.AddEmbeddedEngine),
            CancellationToken.None);

    public static async Task<WebApplication> StartAsync(Workspace workspace)
    {
        var app = await BuildAsync(workspace);
        await app.StartAsync();
        return app;
    }
}
