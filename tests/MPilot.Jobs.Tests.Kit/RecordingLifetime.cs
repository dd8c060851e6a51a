using Microsoft.Extensions.Hosting;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>An application that runs; notes that it was asked to stop.</summary>
public sealed class RecordingLifetime : IHostApplicationLifetime
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationToken ApplicationStarted => new(canceled: true);

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    /// <summary>Completes when somebody asked to stop.</summary>
    public Task StopAsked => _stopped.Task;

    public void StopApplication() => _stopped.TrySetResult();
}
