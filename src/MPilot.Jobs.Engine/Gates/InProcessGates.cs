using System.Collections.Immutable;

using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>All gates of a single process, one per configured provider.</summary>
public sealed class InProcessGates : IGates, IGateReadings
{
    private readonly Dictionary<string, ProviderGate> _gates;

    /// <param name="catalog">The providers whose keys are gated.</param>
    /// <param name="ids">For leases.</param>
    /// <param name="grant">Called when a queued ticket's turn has come; must not wait for the job.</param>
    public InProcessGates(ProviderCatalog catalog, Ids ids, Action<GateTicket, GateAnswer.Granted> grant)
        => _gates = catalog.Providers.ToDictionary(p => p.Name, p => new ProviderGate(p.Options, ids, grant), StringComparer.Ordinal);

    /// <summary>A provider that is not configured any more is not gated: the runner finds out and says so.</summary>
    public Task<GateAnswer> RequestAsync(GateTicket ticket, CancellationToken cancellationToken)
        => Task.FromResult(_gates.TryGetValue(ticket.Provider, out var gate) ? gate.Request(ticket) : new GateAnswer.Granted("", ""));

    public Task<GateAdmission> AdmitAsync(string provider, string tenant, CancellationToken cancellationToken)
        => Task.FromResult<GateAdmission>(new GateAdmission.Admitted());

    public Task CountAsync(GateTicket ticket, GateAnswer.Granted granted, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> RenewAsync(string provider, string lease, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<ImmutableArray<string>> ReportAsync(string provider, string lease, GateReport report, CancellationToken cancellationToken)
        => Task.FromResult(ImmutableArray<string>.Empty);

    public IEnumerable<GateReading> Read() => _gates.Select(g => g.Value.Read(g.Key));

    public Task ReleaseAsync(string provider, string lease, CancellationToken cancellationToken)
    {
        _gates.GetValueOrDefault(provider)?.Release(lease);
        return Task.CompletedTask;
    }

    public Task WithdrawAsync(string provider, string job, int attempt, CancellationToken cancellationToken)
    {
        _gates.GetValueOrDefault(provider)?.Withdraw((job, attempt));
        return Task.CompletedTask;
    }
}
