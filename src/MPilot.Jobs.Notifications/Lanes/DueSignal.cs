using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Lanes;

/// <summary>Wakes the deliveries of one kind of this process; many hints wake them once.</summary>
/// <typeparam name="T">What is brought.</typeparam>
public sealed class DueSignal<T> : IDeliverySignal
{
    private readonly Wakeup _wakeup = new();

    public void Due() => _wakeup.Call();

    /// <summary>Whether something came to be due within that time, or since the last call.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) => _wakeup.WaitAsync(atMost, time, cancellationToken);
}
