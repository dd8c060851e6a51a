using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Webhooks;

/// <summary>Tells both of a commit who bring its events to others.</summary>
/// <param name="relay">Brings them to the bus and to listeners.</param>
/// <param name="deliveries">Brings them to webhooks.</param>
public sealed class CommitSignals(IOutboxSignal relay, IDeliverySignal deliveries) : IOutboxSignal
{
    public void Committed(string tenant, string job)
    {
        relay.Committed(tenant, job);
        deliveries.Due();
    }
}
