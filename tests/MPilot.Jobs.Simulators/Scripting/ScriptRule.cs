namespace MPilot.Jobs.Simulators.Scripting;

/// <summary>An action, for whom, and how often.</summary>
public sealed record ScriptRule
{
    public ScriptMatch Match { get; init; } = new();

    /// <summary>How many calls the rule is for; -1: all. Default: 1.</summary>
    public int Times { get; init; } = 1;

    public required ScriptAction Action { get; init; }
}
