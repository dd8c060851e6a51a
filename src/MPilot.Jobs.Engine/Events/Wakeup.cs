using System.Threading.Channels;

namespace MPilot.Jobs.Engine.Events;

/// <summary>Wakes one who waits; called many times before that, it wakes once.</summary>
public sealed class Wakeup
{
    private readonly Channel<bool> _called = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Call() => _called.Writer.TryWrite(true);

    /// <summary>Completes when it was called since the last time.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _called.Reader.ReadAsync(cancellationToken);

    /// <summary>Whether it was called within that time. False: the caller looks by itself.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
        => AtMost.WaitAsync(WaitAsync, atMost, time, cancellationToken);
}
