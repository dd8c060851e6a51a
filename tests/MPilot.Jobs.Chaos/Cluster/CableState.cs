namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>What becomes of what is sent over a cable.</summary>
internal enum CableState
{
    /// <summary>It arrives.</summary>
    Whole,

    /// <summary>It waits until the cable is whole, as it does when packets are dropped; nobody is told.</summary>
    BlackHole,

    /// <summary>The connection is reset, and so is every new one.</summary>
    Reset,

    /// <summary>It arrives late.</summary>
    Delay,
}
