using MPilot.Jobs.Simulators;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>One service at one simulator, shared by the tests of a class that leave no trace in each other.</summary>
public sealed class EdgeFixture : IAsyncLifetime
{
    public Workspace Workspace { get; } = new();

    public Simulator Simulator { get; private set; } = null!;

    public ServiceProcess Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Simulator = await Simulator.StartAsync(new() { KeepsUploads = true });
        Service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Simulator));
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await Simulator.DisposeAsync();
        Workspace.Dispose();
    }
}
