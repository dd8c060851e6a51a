namespace MPilot.Jobs.Engine.Tests.Kit;

/// <summary>The lives of a job that are cut at every step.</summary>
public enum LifeKind
{
    /// <summary>One call, one picture.</summary>
    Plain,

    /// <summary>The provider names its job before it answers.</summary>
    Accepted,

    /// <summary>The provider names its job, and can be asked after it.</summary>
    AskedAfter,

    /// <summary>The first provider fails, the second delivers.</summary>
    FallenBack,

    /// <summary>The first call fails in passing and is retried after a backoff.</summary>
    Retried,

    /// <summary>Three pictures in three calls.</summary>
    FannedOut,

    /// <summary>Three pictures in one call.</summary>
    Native,
}
