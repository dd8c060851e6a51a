using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Orleans.Attempts;

/// <summary>Makes calls in this process, whose job was granted them, and stops them wherever they are made.</summary>
internal sealed class GrainAttempts(AttemptRunner runner, IJobStore store, IGrainFactory grains, NodeIdentity node) : IAttempts
{
    public Task StartAsync(AttemptOrder order, CancellationToken cancellationToken) => runner.StartAsync(order, cancellationToken);

    public async Task CancelAsync(string job, int attempt, CancellationToken cancellationToken)
    {
        await runner.CancelAsync(job, attempt, cancellationToken);
        var state = await store.LoadAsync(job, cancellationToken);
        if (state?.FindAttempt(attempt) is { IsInFlight: true, Node: { } other } && other != node.Node)
        {
            // Not waited for: its process may be gone, and the job must be told of that by others.
            grains.GetGrain<INodeGrain>(other).CancelAsync(job, attempt, CancellationToken.None).Ignore();
        }
    }
}
