using MPilot.Jobs.Chaos.Callers;
using MPilot.Jobs.Chaos.Plans;

namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>A request is one job, with a key however often it is made; only one that failed for a reason that may pass is run again under its key.</summary>
internal sealed class OneJobRule : IRule
{
    public string Name => "a request, and an Idempotency-Key, is one job";

    public IEnumerable<string> Check(Evidence evidence)
    {
        var jobs = evidence.JobsByMark;
        var answers = evidence.Answers.ToLookup(a => a.Plan.Mark, StringComparer.Ordinal);
        return evidence.Plans.Values.SelectMany(plan => Check(plan, [.. jobs[plan.Mark]], [.. answers[plan.Mark]]))
            .Concat(evidence.Books.Values.Where(b => !evidence.Plans.ContainsKey(b.Mark)).Select(b => $"nobody asked for it: {b.Story}"));
    }

    private static IEnumerable<string> Check(JobPlan plan, List<BookedJob> jobs, List<Answer> answers)
    {
        if (answers.Find(a => a.Job is null) is { } refused)
        {
            yield return $"{plan.Mark} was refused: {refused.Status} {refused.Said}";
        }

        var asked = plan.Key is null ? jobs.Count : jobs.Count(j => !j.State.MayRunAgain);
        if (asked > 1)
        {
            yield return $"{plan.Mark} is {jobs.Count} jobs: {string.Join("; ", jobs.Select(j => j.Story))}";
        }
    }
}
