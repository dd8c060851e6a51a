using MPilot.Jobs.Chaos.Callers;
using MPilot.Jobs.Chaos.Plans;

namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>A request is one job, however often it is made with a key, or counted as a repeat; only one that failed for a reason that may pass is run again.</summary>
internal sealed class OneJobRule : IRule
{
    public string Name => "a request, and each of its repeats, is one job";

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

        var earlier = jobs.OrderBy(j => j.State.Id, StringComparer.Ordinal).SkipLast(1);
        if (plan.MayRepeat ? earlier.Any(j => !j.State.MayRunAgain) : earlier.Any())
        {
            yield return $"{plan.Mark} is {jobs.Count} jobs: {string.Join("; ", jobs.Select(j => j.Story))}";
        }
    }
}
