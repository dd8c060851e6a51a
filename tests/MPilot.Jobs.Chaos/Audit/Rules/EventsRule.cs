using MPilot.Jobs.Chaos.Callers;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Chaos.Audit.Rules;

/// <summary>The events of a job are numbered without gap and repeat, its end comes last, and every listener got the same, to the byte.</summary>
internal sealed class EventsRule : IRule
{
    public string Name => "events have no gap, no repeat and one end, for every listener";

    public IEnumerable<string> Check(Evidence evidence)
        => evidence.Books.Values.SelectMany(job => Check(job, evidence.Views.GetValueOrDefault(job.State.Id)))
            .Concat(evidence.Readings.SelectMany(r => Check(r, evidence)));

    private static IEnumerable<string> Check(BookedJob job, JobView? view)
    {
        var stored = job.Events.Select(e => e.Sequence).ToList();
        if (!stored.SequenceEqual(Enumerable.Range(1, stored.Count).Select(i => (long)i)) || stored.Count != job.State.LastEvent)
        {
            yield return $"stored {string.Join(',', stored)}: {job.Story}";
        }

        if (job.State.IsFinal && job.Events is not [.., JobEvent.Finalized])
        {
            yield return $"does not end with its end: {job.Story}";
        }

        if (view is not null && !view.Events.Select(e => e.Id).SequenceEqual(stored))
        {
            yield return $"shown {string.Join(',', view.Events.Select(e => e.Id))}: {job.Story}";
        }
    }

    private static IEnumerable<string> Check(EventReading reading, Evidence evidence)
    {
        if (evidence.Views.TryGetValue(reading.Job, out var view) && !reading.Frames.SequenceEqual(view.Events))
        {
            var got = string.Join(',', reading.Frames.Select(f => f.Id));
            yield return $"a listener with {reading.Connections} connections got {got}: {evidence.Books[reading.Job].Story}";
        }
    }
}
