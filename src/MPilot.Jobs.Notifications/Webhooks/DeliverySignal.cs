using System.Threading.Channels;

using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Notifications.Webhooks;

/// <summary>Wakes the deliveries of this process; many hints wake them once.</summary>
public sealed class DeliverySignal : IDeliverySignal
{
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Due() => _due.Writer.TryWrite(true);

    /// <summary>Completes when something came to be due since the last call.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _due.Reader.ReadAsync(cancellationToken);
}
