using System.Collections.Immutable;

using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Orleans.Messages;

namespace MPilot.Jobs.Orleans.Gates;

/// <summary>The gates of a cluster: one per provider, on one of its nodes.</summary>
public sealed class GrainGates(IGrainFactory grains) : IGates
{
    public Task<GateAdmission> AdmitAsync(string provider, string tenant, CancellationToken cancellationToken)
        => CallAsync(async () => (await Gate(provider).AdmitAsync(tenant, cancellationToken)).Read<GateAdmission>());

    public Task<GateAnswer> RequestAsync(GateTicket ticket, CancellationToken cancellationToken)
        => CallAsync(async () => (await Gate(ticket.Provider).RequestAsync(CarriedMessage.Of(ticket), cancellationToken)).Read<GateAnswer>());

    public Task CountAsync(GateTicket ticket, GateAnswer.Granted granted, CancellationToken cancellationToken)
        => CallAsync(() => Gate(ticket.Provider).CountAsync(CarriedMessage.Of(ticket), granted.Key, granted.Lease, cancellationToken));

    public Task<bool> RenewAsync(string provider, string lease, CancellationToken cancellationToken)
        => CallAsync(() => Gate(provider).RenewAsync(lease, cancellationToken));

    /// <summary>What cannot be told only keeps a breaker from learning: no reason to lose an outcome.</summary>
    public async Task<ImmutableArray<string>> ReportAsync(string provider, string lease, GateReport report, CancellationToken cancellationToken)
    {
        try
        {
            return await Gate(provider).ReportAsync(lease, CarriedMessage.Of(report), cancellationToken);
        }
        catch (Exception failure) when (ClusterTrouble.Is(failure))
        {
            return [];
        }
    }

    public Task ReleaseAsync(string provider, string lease, CancellationToken cancellationToken)
        => CallAsync(() => Gate(provider).ReleaseAsync(lease, cancellationToken));

    public Task WithdrawAsync(string provider, string job, int attempt, CancellationToken cancellationToken)
        => CallAsync(() => Gate(provider).WithdrawAsync(job, attempt, cancellationToken));

    private IProviderGateGrain Gate(string provider) => grains.GetGrain<IProviderGateGrain>(provider);

    private static Task CallAsync(Func<Task> call)
        => CallAsync(async () =>
        {
            await call();
            return true;
        });

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (ClusterTrouble.Is(failure))
        {
            throw ClusterTrouble.Of(failure);
        }
    }
}
