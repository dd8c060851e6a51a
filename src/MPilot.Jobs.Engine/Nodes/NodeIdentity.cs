namespace MPilot.Jobs.Engine.Nodes;

/// <summary>Who this process is: its node id and the epoch it was registered under.</summary>
public sealed class NodeIdentity(string node)
{
    private long _epoch;
    private long _livesUntil = DateTimeOffset.MaxValue.UtcTicks;

    public string Node { get; } = node;

    /// <summary>0 until registered.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>Whether others may have taken this process for dead: it must begin nothing more.</summary>
    public bool HasExpired(DateTimeOffset now) => now.UtcTicks >= Interlocked.Read(ref _livesUntil);

    /// <summary>Called with every renewal of a lease that others go by.</summary>
    public void LivesUntil(DateTimeOffset moment) => Interlocked.Exchange(ref _livesUntil, moment.UtcTicks);

    /// <summary>This life of the node.</summary>
    public NodeEpoch Current => new(Node, Epoch);

    /// <summary>Called once, when the store has given the epoch.</summary>
    public void Register(long epoch) => Interlocked.Exchange(ref _epoch, epoch);
}
