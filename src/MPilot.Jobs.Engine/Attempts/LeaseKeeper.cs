using MPilot.Jobs.Engine.Gates;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>Renews a gate's lease while a call runs under it.</summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly ITimer _timer;

    public LeaseKeeper(IGates gates, AttemptOrder order, TimeProvider time)
        => _timer = time.CreateTimer(_ => Renew(gates, order), null, LeaseTerms.RenewEvery, LeaseTerms.RenewEvery);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    /// <summary>A lease that is gone cannot be helped: a call that was sent goes on, its place may be counted twice.</summary>
    private static void Renew(IGates gates, AttemptOrder order)
        => _ = gates.RenewAsync(order.Step.Provider, order.Lease, CancellationToken.None);
}
