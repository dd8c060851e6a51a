using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Orleans.Messages;

using Orleans.Placement;

namespace MPilot.Jobs.Orleans.Attempts;

/// <inheritdoc cref="IAttemptGrain"/>
[GrainType("mpilot-attempt")]
[RandomPlacement]
internal sealed class AttemptGrain(ClusterEngine engine) : Grain, IAttemptGrain
{
    public Task<bool> TryStartAsync(CarriedMessage order, bool mayWait, CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        return Task.FromResult(engine.Runner.TryStart(order.Read<AttemptOrder>(), mayWait));
    }
}
