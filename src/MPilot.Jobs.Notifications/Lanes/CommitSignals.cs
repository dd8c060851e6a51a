using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Lanes;

/// <summary>Tells all of a commit who bring what follows from it to others.</summary>
/// <param name="relay">Brings its events to the bus and to listeners.</param>
/// <param name="deliveries">Bring webhooks, and pictures to buckets.</param>
public sealed class CommitSignals(IOutboxSignal relay, IReadOnlyList<IDeliverySignal> deliveries) : IOutboxSignal
{
    public void Committed(string tenant, string job)
    {
        relay.Committed(tenant, job);
        foreach (var signal in deliveries)
        {
            signal.Due();
        }
    }
}
