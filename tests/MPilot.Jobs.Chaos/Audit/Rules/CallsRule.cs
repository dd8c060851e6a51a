namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>No provider was called without a row in our ledger that says so.</summary>
internal sealed class CallsRule : IRule
{
    public string Name => "every call is in the ledger";

    public IEnumerable<string> Check(Evidence evidence)
    {
        var jobs = evidence.JobsByMark;
        var stray = evidence.Calls.Where(c => c.Mark is null && c.Record.Purchased).Select(c => $"{c.Provider} sold call {c.Record.Number} for nobody");
        return stray.Concat(evidence.Calls.Where(c => c.Mark is not null)
            .GroupBy(c => (c.Mark, c.Provider))
            .Where(g => g.Count() > jobs[g.Key.Mark!].Sum(j => j.Calls.Count(c => c.Provider == g.Key.Provider)))
            .Select(g => $"{g.Key.Provider} was called {g.Count()} times: {string.Join("; ", jobs[g.Key.Mark!].Select(j => j.Story))}"));
    }
}
