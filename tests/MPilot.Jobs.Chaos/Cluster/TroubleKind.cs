namespace MPilot.Jobs.Chaos.Cluster;

/// <summary>What is done to a cluster.</summary>
internal enum TroubleKind
{
    /// <summary>A silo gets kill -9.</summary>
    Kill,

    /// <summary>A silo gets it again while it starts.</summary>
    KillAtStart,

    /// <summary>A silo is told to stop.</summary>
    Stop,

    /// <summary>A silo does nothing for half a minute and goes on then as if nothing had been.</summary>
    Freeze,

    /// <summary>PostgreSQL disconnects everybody and starts again.</summary>
    Restart,

    /// <summary>PostgreSQL crashes and starts again.</summary>
    Crash,

    /// <summary>What one silo and PostgreSQL send each other gets lost.</summary>
    BlackHole,

    /// <summary>The connections between one silo and PostgreSQL are reset, the new ones too.</summary>
    Reset,

    /// <summary>What one silo and PostgreSQL send each other comes late.</summary>
    Delay,
}
