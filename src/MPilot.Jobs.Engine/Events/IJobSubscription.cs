namespace MPilot.Jobs.Engine.Events;

/// <summary>One listener of one job. Disposing it ends the listening.</summary>
public interface IJobSubscription : IDisposable
{
    /// <summary>Completes when an event came since the last call; several events may complete one call.</summary>
    Task WaitAsync(CancellationToken cancellationToken);
}
