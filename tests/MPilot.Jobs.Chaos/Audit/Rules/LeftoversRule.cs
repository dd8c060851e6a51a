namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>No row and no file that nobody owns.</summary>
internal sealed class LeftoversRule : IRule
{
    public string Name => "nothing without an owner after the sweeps";

    public IEnumerable<string> Check(Evidence evidence) => evidence.Leftovers;
}
