using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>Nothing is sent after a cancel was asked for, nor after a job's end.</summary>
internal sealed class CancelRule : IRule
{
    /// <summary>A call that was sent a moment before the end may arrive a moment after it: the provider has to read it.</summary>
    private static readonly TimeSpan Underway = TimeSpan.FromSeconds(1);

    public string Name => "nothing is sent after a cancel or an end";

    public IEnumerable<string> Check(Evidence evidence)
    {
        var calls = evidence.Calls.ToLookup(c => c.Mark, StringComparer.Ordinal);
        foreach (var job in evidence.Books.Values.Where(b => b.State.IsFinal))
        {
            if (job.Calls.Any(c => c.SentAt > job.State.CompletedAt))
            {
                yield return $"sent after the end: {job.Story}";
            }

            if (job.Events.SkipWhile(e => e is not JobEvent.CancelRequested).Any(e => e is JobEvent.AttemptStarted))
            {
                yield return $"sent after the cancel: {job.Story}";
            }

            if (job.State.Status == JobStatus.Canceled && calls[job.Mark].Any(c => c.Record.ArrivedAt > job.State.CompletedAt + Underway)
                && evidence.JobsByMark[job.Mark].Count() == 1)
            {
                yield return $"arrived after the end: {job.Story}";
            }
        }
    }
}
