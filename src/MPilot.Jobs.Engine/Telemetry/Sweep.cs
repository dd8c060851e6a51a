namespace MPilot.Jobs.Engine.Telemetry;

/// <summary>What is gone through again and again.</summary>
public enum Sweep
{
    /// <summary>Jobs whose due time has come.</summary>
    DueJobs,

    /// <summary>Artifacts nobody keeps alive.</summary>
    UnreferencedArtifacts,

    /// <summary>Bytes no row knows.</summary>
    UnknownArtifacts,

    /// <summary>Rows past their time.</summary>
    OldRows,
}
