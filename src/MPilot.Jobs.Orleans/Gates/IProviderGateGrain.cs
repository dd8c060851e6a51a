using System.Collections.Immutable;

using MPilot.Jobs.Orleans.Messages;

using Orleans.Concurrency;

namespace MPilot.Jobs.Orleans.Gates;

/// <summary>The gate of one provider for the whole cluster; its key is the provider's name.</summary>
[Alias("mpilot.jobs.gate")]
public interface IProviderGateGrain : IGrainWithStringKey
{
    /// <summary>Answers a <c>GateAdmission</c>.</summary>
    [Alias("admit")]
    Task<CarriedMessage> AdmitAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Takes a <c>GateTicket</c>, answers a <c>GateAnswer</c>.</summary>
    [Alias("request")]
    Task<CarriedMessage> RequestAsync(CarriedMessage ticket, CancellationToken cancellationToken);

    /// <summary>Takes a <c>GateTicket</c>.</summary>
    [Alias("count")]
    Task CountAsync(CarriedMessage ticket, string key, string lease, CancellationToken cancellationToken);

    [Alias("renew")]
    Task<bool> RenewAsync(string lease, CancellationToken cancellationToken);

    /// <summary>Reports a success. Nobody is told that it came: a lease that was not given back expires.</summary>
    [Alias("succeed")]
    [OneWay]
    Task SucceedAsync(string lease, CancellationToken cancellationToken);

    /// <summary>Takes a <c>GateReport</c>.</summary>
    [Alias("report")]
    Task<ImmutableArray<string>> ReportAsync(string lease, CarriedMessage report, CancellationToken cancellationToken);

    [Alias("release")]
    Task ReleaseAsync(string lease, CancellationToken cancellationToken);

    [Alias("renounce")]
    Task RenounceAsync(long epoch, CancellationToken cancellationToken);

    [Alias("withdraw")]
    Task WithdrawAsync(string job, int attempt, CancellationToken cancellationToken);
}
