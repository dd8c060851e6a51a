namespace MPilot.Jobs.Engine.Budgets;

/// <summary>So much of something at the same time. Who does not fit waits in order of arrival; who would never fit goes alone.</summary>
/// <param name="amount">The whole.</param>
public sealed class FairBudget(long amount)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<BudgetShare> _waiting = [];
    private readonly long _all = amount;
    private long _free = amount;

    /// <summary>What could be taken at once, if nobody were waiting.</summary>
    public long Free
    {
        get
        {
            lock (_lock)
            {
                return _free;
            }
        }
    }

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes a share if that needs no waiting; else <c>null</c>.</summary>
    public IDisposable? TryTake(long wanted)
    {
        var share = new BudgetShare(this, Math.Min(wanted, _all));
        lock (_lock)
        {
            if (_waiting.Count > 0 || share.Amount > _free)
            {
                return null;
            }

            _free -= share.Amount;
            return share;
        }
    }

    /// <summary>Takes a share until the answer is disposed of.</summary>
    /// <param name="wanted">How much.</param>
    /// <exception cref="OperationCanceledException">Canceled while waiting; nothing was taken.</exception>
    public async ValueTask<IDisposable> TakeAsync(long wanted, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        cancellationToken.ThrowIfCancellationRequested();
        var share = new BudgetShare(this, Math.Min(wanted, _all));
        lock (_lock)
        {
            share.Place = _waiting.AddLast(share);
            Admit();
        }

        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((BudgetShare)state!).Abandon(token), share);
        await share.Admitted;
        return share;
    }

    internal void GiveBack(BudgetShare share)
    {
        lock (_lock)
        {
            _free += share.Amount;
            Admit();
        }
    }

    internal void Abandon(BudgetShare share, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (share.Place is null)
            {
                return;
            }

            Leave(share);
            share.Cancel(cancellationToken);
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { Value: var next } && next.Amount <= _free)
        {
            _free -= next.Amount;
            Leave(next);
            next.Admit();
        }
    }

    private void Leave(BudgetShare share)
    {
        _waiting.Remove(share.Place!);
        share.Place = null;
    }
}
