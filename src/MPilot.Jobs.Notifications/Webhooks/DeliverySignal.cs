using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Webhooks;

/// <summary>Wakes the deliveries of this process; many hints wake them once.</summary>
public sealed class DeliverySignal : IDeliverySignal
{
    private readonly Wakeup _wakeup = new();

    public void Due() => _wakeup.Call();

    /// <summary>Whether something came to be due within that time, or since the last call.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) => _wakeup.WaitAsync(atMost, time, cancellationToken);
}
