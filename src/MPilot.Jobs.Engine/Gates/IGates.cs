using System.Collections.Immutable;

namespace MPilot.Jobs.Engine.Gates;

/// <summary>
/// Admission to provider keys, one gate per provider: so many calls in flight and so many a minute for each key, a breaker and a cool-down per key,
/// fair between tenants, in accept order within one. A request is answered at once; a queued ticket is answered later by a fact.
/// Leases that are not renewed expire.
/// </summary>
public interface IGates
{
    /// <summary>Whether a provider takes on another job of a tenant.</summary>
    Task<GateAdmission> AdmitAsync(string provider, string tenant, CancellationToken cancellationToken);

    /// <summary>Asks to make one call. Asking again for the same (job, attempt) answers the same.</summary>
    Task<GateAnswer> RequestAsync(GateTicket ticket, CancellationToken cancellationToken);

    /// <summary>Counts a call that an earlier gate let go: its lease takes its key's place although nobody asks. Known leases are no error.</summary>
    Task CountAsync(GateTicket ticket, GateAnswer.Granted granted, CancellationToken cancellationToken);

    /// <summary>Keeps a lease for another while. False: it has expired, and its place may be another's.</summary>
    Task<bool> RenewAsync(string provider, string lease, CancellationToken cancellationToken);

    /// <summary>Says how the call under a lease went, and gives the lease back; of unknown leases there is nothing to say.</summary>
    /// <returns>After a failure, names of the provider's other keys that could be used now or once a call on them ends.</returns>
    Task<ImmutableArray<string>> ReportAsync(string provider, string lease, GateReport report, CancellationToken cancellationToken);

    /// <summary>Gives a lease back without a word on its call; unknown leases are no error.</summary>
    Task ReleaseAsync(string provider, string lease, CancellationToken cancellationToken);

    /// <summary>The store takes nothing any more that was granted under this epoch: a gate that still grants under it has to start anew.</summary>
    Task RenounceAsync(string provider, long epoch, CancellationToken cancellationToken);

    /// <summary>Withdraws a queued ticket and gives back what it may have been granted; unknown ones are no error.</summary>
    Task WithdrawAsync(string provider, string job, int attempt, CancellationToken cancellationToken);
}
