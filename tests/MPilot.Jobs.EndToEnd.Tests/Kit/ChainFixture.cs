using System.Text.Json.Nodes;

using MPilot.Jobs.Simulators;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>One service at two simulators, <c>openai</c> and <c>second</c>, neither of them tried twice.</summary>
public sealed class ChainFixture : IAsyncLifetime
{
    public Workspace Workspace { get; } = new();

    public Simulator First { get; private set; } = null!;

    public Simulator Second { get; private set; } = null!;

    public ServiceProcess Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        (First, Second) = (await Simulator.StartAsync(), await Simulator.StartAsync());
        var configuration = Configurations.With(First, p => p["Retries"] = 0);
        var second = configuration["Providers"]!["openai"]!.DeepClone();
        (second["BaseUrl"], second["Models"]) = (Second.BaseUrl, new JsonArray("second-*"));
        configuration["Providers"]!["second"] = second;
        Service = await ServiceProcess.StartAsync(Workspace, configuration);
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Workspace.Dispose();
    }

    /// <summary>Both providers forget what they were told to do.</summary>
    public void Clear()
    {
        First.ClearScript();
        Second.ClearScript();
    }
}
