using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Orleans.Attempts;

/// <summary>Makes calls on the node of their job if it has room, else on another, and stops them wherever they are made.</summary>
internal sealed class GrainAttempts(AttemptRunner runner, OtherNodes others, IJobStore store, IGrainFactory grains, NodeIdentity node, TimeProvider time) : IAttempts
{
    public async Task StartAsync(AttemptOrder order, CancellationToken cancellationToken)
    {
        // Where there is room; else it waits here; else, where this node takes no more calls, it waits elsewhere. A call that nobody takes stays intended, and
        // is owed again when this node has gone.
        _ = runner.TryStart(order, mayWait: false)
            || await others.TryStartAsync(order, mayWait: false, cancellationToken)
            || runner.TryStart(order, mayWait: true)
            || await others.TryStartAsync(order, mayWait: true, cancellationToken);
    }

    public async Task CancelAsync(string job, int attempt, CancellationToken cancellationToken)
    {
        await runner.CancelAsync(job, attempt, cancellationToken);

        // Not waited for: the other process may be gone, and the job must be told of that by others.
        _ = CancelElsewhereAsync(job, attempt);
    }

    /// <summary>Asks until the node has heard of it, or is known to be gone.</summary>
    private async Task CancelElsewhereAsync(string job, int attempt)
    {
        while (true)
        {
            try
            {
                if (await NodeOfAsync(job, attempt) is { } other && other != node.Node)
                {
                    await grains.GetGrain<INodeGrain>(other).CancelAsync(job, attempt, CancellationToken.None);
                }

                return;
            }
            catch (Exception failure) when (failure is StoreUnavailableException || ClusterTrouble.Is(failure))
            {
                await Task.Delay(JobTelling.RetryInterval, time, CancellationToken.None);
            }
        }
    }

    private async Task<string?> NodeOfAsync(string job, int attempt)
        => (await store.LoadAsync(job, CancellationToken.None))?.FindAttempt(attempt) is { IsInFlight: true, Node: var sender } ? sender : null;
}
