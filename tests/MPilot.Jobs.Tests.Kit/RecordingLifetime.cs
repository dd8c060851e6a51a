using Microsoft.Extensions.Hosting;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>Notes that the application was asked to stop.</summary>
public sealed class RecordingLifetime : IHostApplicationLifetime
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    /// <summary>Completes when somebody asked to stop.</summary>
    public Task StopAsked => _stopped.Task;

    public void StopApplication() => _stopped.TrySetResult();
}
