using System.Threading.Channels;

namespace MPilot.Jobs.Orleans.Sweeping;

/// <summary>Asks this node to let every unfinished job perform what it owes: after a gate has moved, and after a node has gone. Asked twice, it is done once.</summary>
public sealed class Resumption
{
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask() => _asked.Writer.TryWrite(true);

    /// <summary>Completes when it was asked for since the last call.</summary>
    internal ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _asked.Reader.ReadAsync(cancellationToken);
}
