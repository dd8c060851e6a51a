namespace MPilot.Jobs.Engine.Nodes;

/// <summary>Who this process is: its node id, the epoch it was registered under, and how long its lease has held.</summary>
public sealed class NodeIdentity : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly CancellationTokenSource _over = new();

    private long _epoch;
    private long _livesUntil = Never;
    private long _steadySince = Never;
    private volatile TaskCompletionSource _changed = NewChange();

    public NodeIdentity(string node) => (Node, Over) = (node, _over.Token);

    public string Node { get; }

    /// <summary>0 until registered.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>This life of the node.</summary>
    public NodeEpoch Current => new(Node, Epoch);

    /// <summary>Signalled when this life is over.</summary>
    public CancellationToken Over { get; }

    /// <summary>Whether others may have taken this process for dead: it must begin nothing.</summary>
    public bool HasExpired(DateTimeOffset now) => Over.IsCancellationRequested || now.UtcTicks >= Interlocked.Read(ref _livesUntil);

    /// <summary>Waits while nobody knows whether others have taken this process for dead. False: they have, or it has left; it must begin nothing more.</summary>
    public async Task<bool> LivesAsync(TimeProvider time)
    {
        while (!Over.IsCancellationRequested)
        {
            var changed = _changed.Task;
            if (!HasExpired(time.GetUtcNow()))
            {
                return true;
            }

            await changed;
        }

        return false;
    }

    /// <summary>
    /// Whether every renewal of that long has succeeded. One of whom that is not so may have been cut off from the store together with all others, and has to
    /// leave them the time to come back.
    /// </summary>
    public bool HasBeenSteadyFor(TimeSpan time, DateTimeOffset now)
        => Interlocked.Read(ref _steadySince) is var since and not Never && !HasExpired(now) && now.UtcTicks - since >= time.Ticks;

    /// <summary>Called once, when the store has given the epoch.</summary>
    public void Register(long epoch) => Interlocked.Exchange(ref _epoch, epoch);

    /// <summary>A lease that others go by was renewed.</summary>
    /// <param name="now">When the renewal was asked for.</param>
    /// <param name="until">The new end.</param>
    public void Renewed(DateTimeOffset now, DateTimeOffset until)
    {
        if (HasExpired(now))
        {
            MissRenewal();
        }

        Interlocked.CompareExchange(ref _steadySince, now.UtcTicks, Never);
        Interlocked.Exchange(ref _livesUntil, until.UtcTicks);
        Change();
    }

    /// <summary>A lease could not be renewed.</summary>
    public void MissRenewal() => Interlocked.Exchange(ref _steadySince, Never);

    /// <summary>This life is over: others have taken over, or are asked to.</summary>
    public async Task EndAsync()
    {
        await _over.CancelAsync();
        Change();
    }

    public void Dispose() => _over.Dispose();

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change() => Interlocked.Exchange(ref _changed, NewChange()).TrySetResult();
}
