using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>An engine under test, up and running.</summary>
public interface IRunningEngine : IAsyncDisposable
{
    IJobs Jobs { get; }

    /// <summary>Jobs it keeps in memory at the moment.</summary>
    int ActiveJobs { get; }

    /// <summary>Completes when no provider call is running.</summary>
    Task WhenIdleAsync();

    /// <summary>Stops it in order.</summary>
    Task StopAsync();
}
