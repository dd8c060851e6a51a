using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>An engine under test, up and running.</summary>
public interface IRunningEngine : IAsyncDisposable
{
    IJobs Jobs { get; }

    /// <summary>Completes when no provider call is running.</summary>
    Task WhenIdleAsync();

    /// <summary>Stops it in order.</summary>
    Task StopAsync();
}
