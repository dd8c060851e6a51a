using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Api.Tests.Support;

/// <summary>Counts how often somebody was told that something is due.</summary>
internal sealed class RecordingDeliverySignal : IDeliverySignal
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Due() => Interlocked.Increment(ref _count);
}
