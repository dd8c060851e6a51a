using System.Globalization;
using System.Text;

using MPilot.Jobs.Chaos.Audit;
using MPilot.Jobs.Chaos.Kills;
using MPilot.Jobs.Domain.Attempts;

namespace MPilot.Jobs.Chaos;

/// <summary>The counts of a campaign, and what the auditor found.</summary>
internal sealed class CampaignReport(CampaignSize size, Evidence evidence, IReadOnlyDictionary<KillPhase, int> kills, TimeSpan took)
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

        foreach (var rule in Auditor.Rules)
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
        yield return ("seed", Text(size.Seed));
        yield return ("time", string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:F0} s"));
        yield return ("requests", Counts(Evidence.Plans.Values.Select(p => p.Caller)));
        yield return ("kills", string.Join(", ", kills.OrderBy(k => k.Key).Select(k => $"{k.Key} {k.Value}").Prepend(Text(kills.Values.Sum()))));
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
        yield return ("violations", Text(Violations.Count));
    }

    /// <summary>Requests that were answered with a job that an earlier one of the same key was answered with.</summary>
    private int Repeated() => Evidence.Answers.Where(a => a.Plan.Key is not null && a.Job is not null).GroupBy(a => a.Job).Sum(g => g.Count() - 1);

    private static string Counts<T>(IEnumerable<T> values)
    {
        var counts = values.GroupBy(v => v).OrderByDescending(g => g.Count()).ToList();
        return string.Join(", ", counts.Select(g => $"{g.Key} {g.Count()}").Prepend(Text(counts.Sum(g => g.Count()))));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
