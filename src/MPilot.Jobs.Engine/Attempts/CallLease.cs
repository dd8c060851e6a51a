using System.Collections.Immutable;

using MPilot.Jobs.Engine.Gates;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>A gate's lease while a call runs under it: renewed until it is reported on, left to the job, or given back at the end.</summary>
internal sealed class CallLease : IAsyncDisposable
{
    private readonly IGates _gates;
    private readonly AttemptOrder _order;
    private readonly ITimer _timer;
    private bool _isOurs = true;

    public CallLease(IGates gates, AttemptOrder order, TimeProvider time)
    {
        (_gates, _order) = (gates, order);
        _timer = time.CreateTimer(_ => Renew(), null, LeaseTerms.RenewEvery, LeaseTerms.RenewEvery);
    }

    /// <summary>Says how the call went, and gives the lease back with it.</summary>
    /// <returns>Names of the provider's other keys.</returns>
    public async Task<ImmutableArray<string>> ReportAsync(GateReport report)
    {
        _isOurs = false;
        await _timer.DisposeAsync();
        return await _gates.ReportAsync(_order.Step.Provider, _order.Lease, report, CancellationToken.None);
    }

    /// <summary>Whether the lease of a refused call is another's now, the job knows: it gives it back.</summary>
    public void LeaveToJob() => _isOurs = false;

    /// <summary>Renews it no more; one that nothing was said of is given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        if (_isOurs)
        {
            await _gates.ReleaseAsync(_order.Step.Provider, _order.Lease, CancellationToken.None);
        }
    }

    /// <summary>A lease that is gone cannot be helped: a call that was sent goes on, its place may be counted twice.</summary>
    private void Renew() => _ = _gates.RenewAsync(_order.Step.Provider, _order.Lease, CancellationToken.None);
}
