using Orleans.Placement;

namespace MPilot.Jobs.Orleans.Attempts;

/// <inheritdoc cref="INodeGrain"/>
[GrainType("mpilot-node")]
[PreferLocalPlacement]
[KeepAlive]
internal sealed class NodeGrain(ClusterEngine engine) : Grain, INodeGrain
{
    public Task SettleAsync(CancellationToken cancellationToken)
    {
        MoveIfElsewhere();
        return Task.CompletedTask;
    }

    public Task CancelAsync(string job, int attempt, CancellationToken cancellationToken)
    {
        MoveIfElsewhere();
        return engine.Runner.CancelAsync(job, attempt, cancellationToken);
    }

    /// <summary>Called by another node before its own process settled it.</summary>
    private void MoveIfElsewhere()
    {
        if (this.GetPrimaryKeyString() != engine.Node.Node)
        {
            DeactivateOnIdle();
        }
    }
}
