namespace MPilot.Jobs.Engine.Budgets;

/// <summary>A share of a budget, wanted or held; giving it back twice is harmless.</summary>
internal sealed class BudgetShare(FairBudget budget, long amount) : IDisposable
{
    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _givenBack;

    public long Amount => amount;

    public Task Admitted => _admitted.Task;

    /// <summary>Where it waits; <c>null</c> once it was admitted or left.</summary>
    public LinkedListNode<BudgetShare>? Place { get; set; }

    public void Admit() => _admitted.SetResult();

    public void Cancel(CancellationToken cancellationToken) => _admitted.SetCanceled(cancellationToken);

    public void Abandon(CancellationToken cancellationToken) => budget.Abandon(this, cancellationToken);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _givenBack, 1) == 0)
        {
            budget.GiveBack(this);
        }
    }
}
