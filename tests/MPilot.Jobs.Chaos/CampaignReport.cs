using System.Globalization;
using System.Text;

using MPilot.Jobs.Chaos.Audit;
using MPilot.Jobs.Domain.Attempts;

namespace MPilot.Jobs.Chaos;

/// <summary>The counts of a campaign, and what the auditor found.</summary>
internal sealed class CampaignReport(int seed, Evidence evidence, IReadOnlyList<(string Name, string Value)> deeds, TimeSpan took)
{
    /// <summary>Cases of one rule that are shown; more say no more.</summary>
    private const int MostShown = 10;

    public Evidence Evidence { get; } = evidence;

    public IReadOnlyList<(string Rule, string Case)> Violations { get; } = Auditor.Audit(evidence);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Rows())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{name,-26}{value}");
        }

        foreach (var rule in Auditor.RulesOf(Evidence))
        {
            var cases = Violations.Where(v => v.Rule == rule.Name).Select(v => v.Case).ToList();
            text.AppendLine(CultureInfo.InvariantCulture, $"{cases.Count,6} × not: {rule.Name}");
            foreach (var found in cases.Take(MostShown))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"         {found}");
            }
        }

        return text.ToString();
    }

    private IEnumerable<(string Name, string Value)> Rows()
    {
        var calls = Evidence.Books.Values.SelectMany(b => b.Calls).ToList();
        var sold = Evidence.Calls.Where(c => c.Record.Purchased).ToList();
        yield return ("seed", Text(seed));
        yield return ("time", string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:F0} s"));
        yield return ("requests", Counts(Evidence.Plans.Values.Select(p => p.Caller)));
        foreach (var deed in deeds)
        {
            yield return deed;
        }

        yield return ("jobs", Counts(Evidence.Books.Values.Select(b => b.State.Status)));
        yield return ("answers", Counts(Evidence.Answers.Select(a => a.IsWhole ? a.Status : 0)));
        yield return ("requests unanswered", Text(Evidence.Unanswered.Values.Sum()));
        yield return ("repeats answered by job", Text(Repeated()));
        yield return ("events read", $"{Evidence.Readings.Sum(r => r.Frames.Count)} over {Evidence.Readings.Sum(r => r.Connections)} connections");
        yield return ("calls in our ledger", Counts(calls.Select(c => c.Failure is { } kind ? $"{c.Status}/{kind}" : c.Status.ToString())));
        var started = Evidence.Calls.Count(c => c.Mark is not null);
        yield return ("calls at the providers", $"{started}, and {Evidence.Calls.Count - started} about their jobs and files");
        yield return ("purchases", $"{sold.Count} of {sold.Sum(c => c.Record.Pictures)} pictures");
        yield return ("used", Text(calls.Count(c => c.Status == AttemptStatus.Succeeded)));
        yield return ("lost", Text(calls.Count(c => c.Status == AttemptStatus.Lost)));
        yield return ("possible doubles", Text(calls.Count(c => c.PossibleDouble)));
        if (Evidence.Gate is { } gate)
        {
            yield return ("gate", $"at most {gate.Peak} calls at once of {gate.Limit}, {(gate.Regained is { } after ? string.Create(CultureInfo.InvariantCulture, $"as many again {after.TotalSeconds:F0} s after the end") : "never as many again")}");
        }

        yield return ("violations", Text(Violations.Count));
    }

    /// <summary>Their number, and that of each.</summary>
    public static string Sums<T>(IReadOnlyDictionary<T, int> counts)
        => string.Join(", ", counts.OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value}").Prepend(Text(counts.Values.Sum())));

    /// <summary>Requests that were answered with a job that an earlier one of the same key was answered with.</summary>
    private int Repeated() => Evidence.Answers.Where(a => a.Plan.Key is not null && a.Job is not null).GroupBy(a => a.Job).Sum(g => g.Count() - 1);

    public static string Counts<T>(IEnumerable<T> values)
    {
        var counts = values.GroupBy(v => v).OrderByDescending(g => g.Count()).ToList();
        return string.Join(", ", counts.Select(g => $"{g.Key} {g.Count()}").Prepend(Text(counts.Sum(g => g.Count()))));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
