using MPilot.Jobs.Chaos.Audit.Rules;

namespace MPilot.Jobs.Chaos.Audit;

/// <summary>Holds the three ledgers against each other.</summary>
internal static class Auditor
{
    public static IReadOnlyList<IRule> Rules { get; } =
    [
        new EndsOnceRule(), new PicturesRule(), new CallsRule(), new PurchasesRule(), new RepeatsRule(), new CancelRule(), new AnswersRule(), new OneJobRule(),
        new EventsRule(), new LeftoversRule(),
    ];

    /// <summary>What can be broken by what happened.</summary>
    public static IEnumerable<IRule> RulesOf(Evidence evidence) => evidence.Gate is null ? Rules : [.. Rules, new GateRule()];

    /// <summary>Every broken rule, with one line for each case.</summary>
    public static IReadOnlyList<(string Rule, string Case)> Audit(Evidence evidence)
        => [.. RulesOf(evidence).SelectMany(rule => rule.Check(evidence).Select(found => (rule.Name, found)))];
}
