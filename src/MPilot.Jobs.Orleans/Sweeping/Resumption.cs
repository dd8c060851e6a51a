using MPilot.Jobs.Engine.Events;

namespace MPilot.Jobs.Orleans.Sweeping;

/// <summary>Asks this node to let every unfinished job perform what it owes: after a gate has moved, and after a node has gone. Asked twice, it is done once.</summary>
public sealed class Resumption
{
    private readonly Wakeup _wakeup = new();

    public void Ask() => _wakeup.Call();

    /// <summary>Completes when it was asked for since the last call.</summary>
    internal Task WaitAsync(CancellationToken cancellationToken) => _wakeup.WaitAsync(cancellationToken);
}
