namespace MPilot.Jobs.Engine.Attempts;

/// <summary>A call in flight on this node.</summary>
internal sealed class RunningAttempt : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly string _lease;
    private AttemptOrder? _next;
    private bool _over;

    /// <param name="lease">What it runs under.</param>
    public RunningAttempt(string lease) => (_lease, Canceled) = (lease, _cancel.Token);

    /// <summary>Signalled when the job wants no more of it.</summary>
    public CancellationToken Canceled { get; }

    /// <summary>Completes when the call has ended, was told, and its lease was given back.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asks the call to stop. Harmless when it has ended.</summary>
    public Task CancelAsync()
    {
        lock (_gate)
        {
            return _over ? Task.CompletedTask : _cancel.CancelAsync();
        }
    }

    /// <summary>
    /// Takes an order for the same call. Under the same lease it is this call; under another, the one before is void, and the order is kept until this has
    /// ended. False: it has.
    /// </summary>
    public bool TryFollow(AttemptOrder order)
    {
        lock (_gate)
        {
            _next = order.Lease == _lease ? _next : order;
            return !_over;
        }
    }

    /// <summary>No more orders are kept from here on.</summary>
    /// <returns>The order that came meanwhile.</returns>
    public AttemptOrder? Close()
    {
        lock (_gate)
        {
            _over = true;
            return _next;
        }
    }

    public void Dispose()
    {
        Close();
        _cancel.Dispose();
        _ended.TrySetResult();
    }
}
