using MPilot.Jobs.Simulators.Scripting;

namespace MPilot.Jobs.Simulators;

/// <summary>How a simulator is hosted.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The loopback port to listen on. Default: 0, any free one.</summary>
    public int Port { get; init; }

    /// <summary>The clock of scripted delays, of <c>created</c> and of the ledger. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether the bytes of uploaded files are kept, to be looked at. Costs their whole size in memory. Default: false.</summary>
    public bool KeepsUploads { get; init; }

    /// <summary>How many calls the ledger keeps in detail; older ones are only counted. More costs about 2 kB a call. Default: 50,000.</summary>
    public int LedgerCapacity { get; init; } = 50_000;

    /// <summary>What is done to a call whose upload has been read and that no rule of the script fits. Called for several calls at once. Default: nothing.</summary>
    public Func<ScriptedCall, ScriptAction> Otherwise { get; init; } = _ => new ScriptAction();
}
