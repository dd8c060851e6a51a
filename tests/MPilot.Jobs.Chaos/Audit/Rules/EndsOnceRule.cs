using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>A job that somebody was told of is there; whatever is there has ended, and ended once.</summary>
internal sealed class EndsOnceRule : IRule
{
    public string Name => "every accepted job ends exactly once";

    public IEnumerable<string> Check(Evidence evidence)
    {
        var told = evidence.Answers.Where(a => a.Job is not null).Select(a => a.Job!).Concat(evidence.Readings.Select(r => r.Job)).Distinct(StringComparer.Ordinal);
        return told.Where(job => !evidence.Books.ContainsKey(job)).Select(job => $"{job} was accepted and is gone")
            .Concat(evidence.Books.Values.SelectMany(Check));
    }

    private static IEnumerable<string> Check(BookedJob job)
    {
        if (!job.State.IsFinal)
        {
            yield return $"not ended: {job.Story}";
            yield break;
        }

        if (job.Events.OfType<JobEvent.Finalized>().ToList() is not [{ } final] || final.Status != job.State.Status)
        {
            yield return $"no one end: {job.Story}";
        }

        if (job.Calls.Any(c => c.Status is AttemptStatus.Sending or AttemptStatus.Accepted))
        {
            yield return $"a call never ended: {job.Story}";
        }
    }
}
