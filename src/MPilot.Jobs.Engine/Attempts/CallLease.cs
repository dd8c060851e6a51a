using System.Collections.Immutable;

using MPilot.Jobs.Engine.Gates;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>A gate's lease while a call runs under it: renewed until it is given back.</summary>
internal sealed class CallLease : IAsyncDisposable
{
    private readonly IGates _gates;
    private readonly AttemptOrder _order;
    private readonly ITimer _timer;
    private bool _isReported;

    public CallLease(IGates gates, AttemptOrder order, TimeProvider time)
    {
        (_gates, _order) = (gates, order);
        _timer = time.CreateTimer(_ => Renew(), null, LeaseTerms.RenewEvery, LeaseTerms.RenewEvery);
    }

    /// <summary>Says how the call went, and gives the lease back with it.</summary>
    /// <returns>Names of the provider's other keys.</returns>
    public async Task<ImmutableArray<string>> ReportAsync(GateReport report)
    {
        _isReported = true;
        await DisposeAsync();
        return await _gates.ReportAsync(_order.Step.Provider, _order.Lease, report, CancellationToken.None);
    }

    /// <summary>Gives the lease back of a call there is nothing to say of.</summary>
    public Task GiveBackAsync() => _isReported ? Task.CompletedTask : _gates.ReleaseAsync(_order.Step.Provider, _order.Lease, CancellationToken.None);

    /// <summary>Renews it no more.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    /// <summary>A lease that is gone cannot be helped: a call that was sent goes on, its place may be counted twice.</summary>
    private void Renew() => _ = _gates.RenewAsync(_order.Step.Provider, _order.Lease, CancellationToken.None);
}
