namespace MPilot.Jobs.Engine.Gates;

/// <summary>Admission to provider keys, one gate per provider. A request is answered at once; a queued ticket is granted later by the fact <c>GateGranted</c>.</summary>
public interface IGates
{
    /// <summary>Asks to make one call. Asking again for the same (job, attempt) answers the same.</summary>
    Task<GateAnswer> RequestAsync(GateTicket ticket, CancellationToken cancellationToken);

    /// <summary>Gives a lease back; unknown leases are no error.</summary>
    Task ReleaseAsync(string provider, string lease, CancellationToken cancellationToken);

    /// <summary>Withdraws a queued ticket and gives back what it may have been granted; unknown ones are no error.</summary>
    Task WithdrawAsync(string provider, string job, int attempt, CancellationToken cancellationToken);
}
