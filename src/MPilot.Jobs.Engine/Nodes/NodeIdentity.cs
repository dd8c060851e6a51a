namespace MPilot.Jobs.Engine.Nodes;

/// <summary>Who this process is: its node id and the epoch it was registered under.</summary>
public sealed class NodeIdentity(string node)
{
    private long _epoch;

    public string Node { get; } = node;

    /// <summary>0 until registered.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>This life of the node.</summary>
    public NodeEpoch Current => new(Node, Epoch);

    /// <summary>Called once, when the store has given the epoch.</summary>
    public void Register(long epoch) => Interlocked.Exchange(ref _epoch, epoch);
}
