namespace MPilot.Jobs.Imaging;

/// <summary>A share of the pixel budget, wanted or held; giving it back twice is harmless.</summary>
internal sealed class PixelRequest(PixelBudget budget, long pixels) : IDisposable
{
    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _givenBack;

    public long Pixels => pixels;

    public Task Admitted => _admitted.Task;

    /// <summary>Where it waits; <c>null</c> once it was admitted or left.</summary>
    public LinkedListNode<PixelRequest>? Place { get; set; }

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
