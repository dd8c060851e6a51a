using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Orleans.Messages;

namespace MPilot.Jobs.Orleans.Gates;

/// <summary>
/// Hosts one provider's gate. A new activation first counts what was sent and may still be made, so that places are not given twice; who was in line is asked
/// to come again by the sweep.
/// </summary>
[GrainType("mpilot-gate")]
[KeepAlive]
internal sealed class ProviderGateGrain(ClusterEngine engine) : Grain, IProviderGateGrain
{
    private LockedGate? _gate;
    private long _epoch;

    private string Provider => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = await engine.GateEpochs.OpenAsync(Provider, cancellationToken);
        _gate = engine.NewGate(Provider, _epoch);
        foreach (var call in await engine.GateEpochs.ListInFlightAsync(Provider, engine.Time.GetUtcNow() - LeaseTerms.Life, cancellationToken))
        {
            await CountStoredAsync(call.Job, call.Attempt, cancellationToken);
        }

        engine.OnGateOpened(_epoch);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        engine.OnGateClosed(Provider);
        _gate?.Dispose();
        return Task.CompletedTask;
    }

    public Task<CarriedMessage> AdmitAsync(string tenant, CancellationToken cancellationToken)
        => Carried(_gate is null ? new GateAdmission.Admitted() : _gate.Call((gate, now) => gate.Admit(tenant, now)));

    /// <summary>A provider that is not configured any more is not gated: the runner finds out and says so.</summary>
    public Task<CarriedMessage> RequestAsync(CarriedMessage ticket, CancellationToken cancellationToken)
        => Carried(_gate is null ? new GateAnswer.Granted("", "") : _gate.Call((gate, now) => gate.Request(ticket.Read<GateTicket>(), now)));

    public Task CountAsync(CarriedMessage ticket, string key, string lease, CancellationToken cancellationToken)
    {
        Count(ticket.Read<GateTicket>(), key, lease);
        return Task.CompletedTask;
    }

    public Task<bool> RenewAsync(string lease, CancellationToken cancellationToken)
        => Task.FromResult(_gate is null || _gate.Call((gate, now) => gate.Renew(lease, now)));

    public Task SucceedAsync(string lease, CancellationToken cancellationToken)
    {
        Change((gate, now) => gate.Report(lease, new(null, null), now));
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<string>> ReportAsync(string lease, CarriedMessage report, CancellationToken cancellationToken)
        => Task.FromResult(_gate is null ? [] : _gate.Call((gate, now) => gate.Report(lease, report.Read<GateReport>(), now)));

    public Task ReleaseAsync(string lease, CancellationToken cancellationToken)
    {
        Change((gate, now) => gate.Release(lease, now));
        return Task.CompletedTask;
    }

    public Task RenounceAsync(long epoch, CancellationToken cancellationToken)
    {
        if (epoch == _epoch)
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    public Task WithdrawAsync(string job, int attempt, CancellationToken cancellationToken)
    {
        Change((gate, now) => gate.Withdraw((job, attempt), now));
        return Task.CompletedTask;
    }

    private async Task CountStoredAsync(string job, int number, CancellationToken cancellationToken)
    {
        if (await engine.Ports.Store.LoadAsync(job, cancellationToken) is { } state
            && state.FindAttempt(number) is { Key: { } key, Lease: { } lease } attempt && (attempt.IsInFlight || attempt.Status == AttemptStatus.Lost))
        {
            Count(new(Provider, state.Tenant, job, number) { AcceptedAt = state.CreatedAt, IsAwaited = state.IsAwaited }, key, lease);
        }
    }

    private void Count(GateTicket ticket, string key, string lease)
        => Change((gate, now) => gate.Count(ticket, new(key, lease), now));

    private void Change(Action<ProviderGate, DateTimeOffset> change)
        => _gate?.Call((gate, now) =>
        {
            change(gate, now);
            return true;
        });

    private static Task<CarriedMessage> Carried<T>(T answer) => Task.FromResult(CarriedMessage.Of(answer));
}
