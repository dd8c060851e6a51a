namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>However many nodes make calls, no more run at once than the provider's limit; and no place is lost with a node that dies.</summary>
internal sealed class GateRule : IRule
{
    public string Name => "a gate's limit is kept, and none of its places is lost";

    public IEnumerable<string> Check(Evidence evidence)
    {
        if (evidence.Gate is { } gate && gate.Peak > gate.Limit)
        {
            yield return $"{gate.Peak} calls ran at once, {gate.Limit} may";
        }

        if (evidence.Gate is { Regained: null, Limit: var limit })
        {
            yield return $"{limit} calls could not run at once any more";
        }
    }
}
