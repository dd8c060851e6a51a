using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>
/// The status of a job told a second way: from the facts alone, and from which slots each attempt was intended for.
/// Knows nothing of versions, slots' failures, steps or retries.
/// </summary>
internal sealed class NaiveStatus(int slots, DateTimeOffset deadline)
{
    private readonly List<int[]> _covers = [];
    private readonly HashSet<int> _waiting = [];
    private readonly HashSet<int> _flying = [];
    private readonly Dictionary<int, long> _epochs = [];
    private readonly HashSet<int> _named = [];
    private readonly HashSet<int> _lost = [];
    private readonly HashSet<int> _filled = [];
    private readonly HashSet<int> _givenUp = [];
    private bool _everSent;
    private bool _canceled;
    private JobStatus? _end;

    public JobStatus Status => _end ?? (_flying.Count > 0 ? JobStatus.Running : _everSent ? JobStatus.Waiting : JobStatus.Queued);

    /// <summary>Follows one fact, then learns what was intended because of it.</summary>
    public void Follow(JobFact fact, IEnumerable<Attempt> intended)
    {
        if (_end is null)
        {
            Take(fact, intended);
        }

        foreach (var attempt in intended)
        {
            _covers.Add([.. attempt.Slots]);
            _waiting.Add(attempt.Number);
        }

        _givenUp.UnionWith(Enumerable.Range(0, slots).Where(IsForgotten));
        if (_end is null && _filled.Count + _givenUp.Count == slots)
        {
            _end = _filled.Count > 0 ? JobStatus.Succeeded : _canceled ? JobStatus.Canceled : JobStatus.Failed;
        }
    }

    private void Take(JobFact fact, IEnumerable<Attempt> intended)
    {
        switch (fact)
        {
            case JobFact.AttemptSending sending when sending.At < deadline && _waiting.Remove(sending.Attempt):
                _flying.Add(sending.Attempt);
                _epochs[sending.Attempt] = sending.Epoch;
                _everSent = true;
                break;
            case JobFact.GateClosed closed when intended.Any():
                _waiting.Remove(closed.Attempt);
                break;
            case JobFact.AttemptAccepted accepted when _flying.Contains(accepted.Attempt):
                _named.Add(accepted.Attempt);
                break;
            case JobFact.AttemptOrphaned orphaned
                when !_named.Contains(orphaned.Attempt) && _epochs.GetValueOrDefault(orphaned.Attempt) == orphaned.Epoch && _flying.Remove(orphaned.Attempt):
                _lost.Add(orphaned.Attempt);
                break;
            case JobFact.AttemptEnded ended when _flying.Remove(ended.Attempt):
                End(ended);
                break;
            case JobFact.AttemptEnded { Outcome: AttemptOutcome.Succeeded } late when _lost.Remove(late.Attempt):
                End(late);
                break;
            case JobFact.CancelRequested:
                _canceled = true;
                _waiting.Clear();
                break;
            case JobFact.ClockReached clock when clock.At >= deadline:
                _waiting.Clear();
                _flying.Clear();
                break;
        }
    }

    private void End(JobFact.AttemptEnded ended)
    {
        if (ended.Outcome is AttemptOutcome.Lost)
        {
            _lost.Add(ended.Attempt);
        }

        if (ended.Outcome is AttemptOutcome.Succeeded succeeded)
        {
            _filled.UnionWith(succeeded.Pictures.Select(p => p.Slot).Intersect(_covers[ended.Attempt - 1]).Except(_givenUp));
            _waiting.RemoveWhere(a => _covers[a - 1].All(_filled.Contains));
        }
    }

    /// <summary>Neither filled nor on the way: a picture that comes later finds it closed.</summary>
    private bool IsForgotten(int slot) => !_filled.Contains(slot) && !_waiting.Union(_flying).Any(a => _covers[a - 1].Contains(slot));
}
