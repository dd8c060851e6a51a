using MPilot.Jobs.Orleans.Messages;

namespace MPilot.Jobs.Orleans.Attempts;

/// <summary>A node that was picked for a call, by hint, because the node of its job has no room. Its key names the call and the node.</summary>
[Alias("mpilot.jobs.attempt")]
public interface IAttemptGrain : IGrainWithStringKey
{
    /// <summary>Takes an <c>AttemptOrder</c>. False: this node has no room either, or takes no more calls.</summary>
    [Alias("start")]
    Task<bool> TryStartAsync(CarriedMessage order, bool mayWait, CancellationToken cancellationToken);
}
