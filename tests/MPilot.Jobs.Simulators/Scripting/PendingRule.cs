namespace MPilot.Jobs.Simulators.Scripting;

/// <summary>A rule and how often it may still be used; -1: always.</summary>
internal sealed class PendingRule(ScriptRule rule)
{
    public ScriptRule Rule => rule;

    public int Left { get; set; } = rule.Times;
}
