namespace MPilot.Jobs.Orleans.Attempts;

/// <summary>Reaches the calls that one process makes; its key is the node's id. Lives in that process, or cancels nothing.</summary>
[Alias("mpilot.jobs.node")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>Asks to be there; the process itself does so before it makes a call.</summary>
    [Alias("settle")]
    Task SettleAsync(CancellationToken cancellationToken);

    [Alias("cancel")]
    Task CancelAsync(string job, int attempt, CancellationToken cancellationToken);
}
