namespace MPilot.Jobs.Engine.Attempts;

/// <summary>A call in flight on this node.</summary>
internal sealed class RunningAttempt : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private bool _disposed;

    public RunningAttempt() => Canceled = _cancel.Token;

    /// <summary>Signalled when the job wants no more of it.</summary>
    public CancellationToken Canceled { get; }

    /// <summary>Completes when the call has ended, was told, and its lease was given back.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asks the call to stop. Harmless when it has ended.</summary>
    public Task CancelAsync()
    {
        lock (_gate)
        {
            return _disposed ? Task.CompletedTask : _cancel.CancelAsync();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        _cancel.Dispose();
        _ended.TrySetResult();
    }
}
