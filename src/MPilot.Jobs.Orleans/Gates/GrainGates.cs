using System.Collections.Concurrent;
using System.Collections.Immutable;

using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Orleans.Jobs;
using MPilot.Jobs.Orleans.Messages;

namespace MPilot.Jobs.Orleans.Gates;

/// <summary>
/// The gates of a cluster: one per provider, on one of its nodes. A gate that cannot be reached fails no job: who asked it asks again, what it was told of
/// it finds in the store when it starts anew, and leases expire.
/// </summary>
public sealed class GrainGates(IGrainFactory grains, GrainJobs jobs, [FromKeyedServices(EngineTime.Key)] TimeProvider time) : IGates
{
    private readonly ConcurrentDictionary<string, AdmissionCredit> _credits = new(StringComparer.Ordinal);

    public async Task<GateAdmission> AdmitAsync(string provider, string tenant, CancellationToken cancellationToken)
    {
        var credit = _credits.GetOrAdd(provider, _ => new());
        var now = time.GetUtcNow();
        if (credit.TryTake(now))
        {
            return new GateAdmission.Admitted();
        }

        var admission = await CallAsync(
            async () => (await Gate(provider).AdmitAsync(tenant, cancellationToken)).Read<GateAdmission>(), () => new GateAdmission.Admitted());
        credit.Fill(admission, now);
        return admission;
    }

    public Task<GateAnswer> RequestAsync(GateTicket ticket, CancellationToken cancellationToken)
        => CallAsync(
            async () => (await Gate(ticket.Provider).RequestAsync(CarriedMessage.Of(ticket), cancellationToken)).Read<GateAnswer>(),
            () =>
            {
                _ = AskAgainAsync(ticket.Job);
                return new GateAnswer.Queued();
            });

    public Task CountAsync(GateTicket ticket, GateAnswer.Granted granted, CancellationToken cancellationToken)
        => CallAsync(() => Gate(ticket.Provider).CountAsync(CarriedMessage.Of(ticket), granted.Key, granted.Lease, cancellationToken));

    public Task<bool> RenewAsync(string provider, string lease, CancellationToken cancellationToken)
        => CallAsync(() => Gate(provider).RenewAsync(lease, cancellationToken), () => false);

    public async Task<ImmutableArray<string>> ReportAsync(string provider, string lease, GateReport report, CancellationToken cancellationToken)
    {
        if (report.Failure is not null)
        {
            return await CallAsync<ImmutableArray<string>>(() => Gate(provider).ReportAsync(lease, CarriedMessage.Of(report), cancellationToken), () => []);
        }

        await CallAsync(() => Gate(provider).SucceedAsync(lease, cancellationToken));
        return [];
    }

    public Task ReleaseAsync(string provider, string lease, CancellationToken cancellationToken)
        => CallAsync(() => Gate(provider).ReleaseAsync(lease, cancellationToken));

    public Task RenounceAsync(string provider, long epoch, CancellationToken cancellationToken)
        => CallAsync(() => Gate(provider).RenounceAsync(epoch, cancellationToken));

    public Task WithdrawAsync(string provider, string job, int attempt, CancellationToken cancellationToken)
        => CallAsync(() => Gate(provider).WithdrawAsync(job, attempt, cancellationToken));

    private IProviderGateGrain Gate(string provider) => grains.GetGrain<IProviderGateGrain>(provider);

    private async Task AskAgainAsync(string job)
    {
        await Task.Delay(JobTelling.RetryInterval, time, CancellationToken.None);
        await jobs.ResumeUntilDoneAsync(job, CancellationToken.None);
    }

    private static Task CallAsync(Func<Task> call)
        => CallAsync(
            async () =>
            {
                await call();
                return true;
            },
            () => false);

    private static async Task<T> CallAsync<T>(Func<Task<T>> call, Func<T> unreachable)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is StoreUnavailableException || ClusterTrouble.Is(failure))
        {
            return unreachable();
        }
    }
}
