using System.Text.Json.Nodes;

using MPilot.Jobs.Simulators;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>One service at one simulator, as <c>openai</c> and as <c>replicate</c>.</summary>
public sealed class ReplicateFixture : IAsyncLifetime
{
    private readonly Workspace _workspace = new();

    public Simulator Simulator { get; private set; } = null!;

    public ServiceProcess Service { get; private set; } = null!;

    /// <summary>Both providers at a simulator, neither tried twice.</summary>
    public static JsonObject Configuration(Simulator simulator)
    {
        var configuration = Configurations.With(simulator, openAi => openAi["Retries"] = 0);
        configuration["Providers"]!["replicate"] = new JsonObject
        {
            ["Kind"] = "replicate",
            ["BaseUrl"] = simulator.BaseUrl,
            ["Retries"] = 0,
            ["Keys"] = new JsonArray(new JsonObject { ["Name"] = "main", ["Secret"] = "r8_test_main" }),
        };
        return configuration;
    }

    public async Task InitializeAsync()
    {
        Simulator = await Simulator.StartAsync(new SimulatorOptions { KeepsUploads = true });
        Service = await ServiceProcess.StartAsync(_workspace, Configuration(Simulator));
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await Simulator.DisposeAsync();
        _workspace.Dispose();
    }
}
