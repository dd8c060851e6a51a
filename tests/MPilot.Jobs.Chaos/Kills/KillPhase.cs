namespace MPilot.Jobs.Chaos.Kills;

/// <summary>At which kind of moment the service dies.</summary>
internal enum KillPhase
{
    /// <summary>At any time.</summary>
    Random,

    /// <summary>Right after a caller learned that its job exists.</summary>
    Accept,

    /// <summary>Right after a provider got a call.</summary>
    Attempt,

    /// <summary>Before it listens.</summary>
    Startup,

    /// <summary>While it takes up what the one before left.</summary>
    Recovery,

    /// <summary>While it ends because it was asked to.</summary>
    Stop,
}
