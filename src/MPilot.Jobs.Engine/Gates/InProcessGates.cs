using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Catalog;
using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>All gates of a single process, one per configured provider.</summary>
public sealed class InProcessGates : IGates, IGateReadings, IDisposable
{
    private readonly Dictionary<string, LockedGate> _gates;

    /// <param name="catalog">The providers whose keys are gated.</param>
    /// <param name="ids">For leases.</param>
    /// <param name="time">Moments and wake-ups.</param>
    /// <param name="tell">Called when a queued ticket's turn has come, or will not come; must not wait for the job.</param>
    public InProcessGates(ProviderCatalog catalog, Ids ids, TimeProvider time, Action<GateTicket, JobFact> tell)
        => _gates = catalog.Providers.ToDictionary(
            p => p.Name, p => new LockedGate(new ProviderGate(p.Options, ids, OnWaited), time, t => tell(t.Ticket, t.Fact)), StringComparer.Ordinal);

    /// <summary>Is told of every grant how long its ticket was in line. Called within the gate: must be quick, and ask no gate.</summary>
    public Action<GateTicket, TimeSpan>? Waited { get; set; }

    public IEnumerable<GateReading> Read()
        => _gates.Select(g => g.Value.Read(g.Key));

    public Task<GateAdmission> AdmitAsync(string provider, string tenant, CancellationToken cancellationToken)
        => CallAsync<GateAdmission>(provider, (gate, now) => gate.Admit(tenant, now), new GateAdmission.Admitted());

    /// <summary>A provider that is not configured any more is not gated: the runner finds out and says so.</summary>
    public Task<GateAnswer> RequestAsync(GateTicket ticket, CancellationToken cancellationToken)
        => CallAsync<GateAnswer>(ticket.Provider, (gate, now) => gate.Request(ticket, now), new GateAnswer.Granted("", ""));

    public Task CountAsync(GateTicket ticket, GateAnswer.Granted granted, CancellationToken cancellationToken)
        => CallAsync(ticket.Provider, (gate, now) => gate.Count(ticket, granted, now));

    public Task<bool> RenewAsync(string provider, string lease, CancellationToken cancellationToken)
        => CallAsync(provider, (gate, now) => gate.Renew(lease, now), true);

    public Task<ImmutableArray<string>> ReportAsync(string provider, string lease, GateReport report, CancellationToken cancellationToken)
        => CallAsync(provider, (gate, now) => gate.Report(lease, report, now), []);

    public Task ReleaseAsync(string provider, string lease, CancellationToken cancellationToken)
        => CallAsync(provider, (gate, now) => gate.Release(lease, now));

    /// <summary>Gates in a process do not move.</summary>
    public Task RenounceAsync(string provider, long epoch, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task WithdrawAsync(string provider, string job, int attempt, CancellationToken cancellationToken)
        => CallAsync(provider, (gate, now) => gate.Withdraw((job, attempt), now));

    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    private void OnWaited(GateTicket ticket, TimeSpan wait) => Waited?.Invoke(ticket, wait);

    private Task<T> CallAsync<T>(string provider, Func<ProviderGate, DateTimeOffset, T> call, T ungated)
        => Task.FromResult(_gates.TryGetValue(provider, out var gate) ? gate.Call(call) : ungated);

    private Task CallAsync(string provider, Action<ProviderGate, DateTimeOffset> call)
        => CallAsync(provider, (gate, now) => { call(gate, now); return true; }, true);
}
