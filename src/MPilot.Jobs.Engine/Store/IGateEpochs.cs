namespace MPilot.Jobs.Engine.Store;

/// <summary>What a gate that starts anew, anywhere in a cluster, has to know. Calls throw as those of <see cref="IJobStore"/> do.</summary>
public interface IGateEpochs
{
    /// <summary>Opens a new epoch of a provider's gate, larger than every earlier one of that gate; the first is 1. No save fenced by an earlier one is stored from then on.</summary>
    Task<long> OpenAsync(string provider, CancellationToken cancellationToken);

    /// <summary>
    /// The calls to a provider that were sent and have not ended, also of final jobs, by job and number: each holds a place at the gate. With them those that were
    /// given up for lost since a moment: a node that is cut off from the store may still make them.
    /// </summary>
    Task<IReadOnlyList<CallInFlight>> ListInFlightAsync(string provider, DateTimeOffset lostSince, CancellationToken cancellationToken);
}
