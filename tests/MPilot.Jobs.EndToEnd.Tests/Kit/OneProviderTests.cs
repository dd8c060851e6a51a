using MPilot.Jobs.Simulators;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Tests that start services themselves, each with a data directory and a simulated provider of its own that outlive them.</summary>
public abstract class OneProviderTests : IAsyncLifetime
{
    protected Workspace Workspace { get; } = new();

    protected Simulator Provider { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Provider = await Simulator.StartAsync();

    public virtual async Task DisposeAsync()
    {
        await Provider.DisposeAsync();
        Workspace.Dispose();
    }
}
