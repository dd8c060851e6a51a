using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>The next state of a job while <see cref="JobTransitions"/> works it out: the moves that rules are written in.</summary>
internal sealed class JobDraft(JobState state)
{
    private readonly ImmutableArray<JobEvent>.Builder _events = ImmutableArray.CreateBuilder<JobEvent>();
    private JobState _state = state;

    /// <summary>Adds an event with the next sequence number.</summary>
    public void Raise(Func<long, JobEvent> make)
    {
        _state = _state with { LastEvent = _state.LastEvent + 1 };
        _events.Add(make(_state.LastEvent));
    }

    /// <summary>Stores an attempt in place of its older self.</summary>
    public void Replace(Attempt attempt) => _state = _state with { Attempts = _state.Attempts.SetItem(attempt.Number - 1, attempt) };

    /// <summary>Opens attempts on a step for some slots, as many as the step's calls need.</summary>
    public void Intend(IEnumerable<int> slots, int step, DateTimeOffset dueAt, bool possibleDoublePurchase)
    {
        foreach (var group in slots.Chunk(_state.Chain[step].PicturesPerCall))
        {
            var attempt = new Attempt
            {
                Number = _state.Attempts.Length + 1,
                Step = step,
                Slots = [.. group],
                DueAt = dueAt,
                PossibleDoublePurchase = possibleDoublePurchase,
            };
            _state = _state with { Attempts = _state.Attempts.Add(attempt) };
            foreach (var index in group)
            {
                Replace(_state.Slots[index] with { OpenAttempt = attempt.Number });
            }
        }
    }

    /// <summary>Shows a preview of a slot's picture.</summary>
    public void Preview(JobFact.PreviewArrived fact, Attempt attempt)
    {
        var slot = _state.Slots[fact.Picture.Slot];
        Replace(slot with { Previews = slot.Previews + 1 });
        var frame = NextFrame(attempt, fact.Quality, fact.Background, usage: null);
        Raise(n => new JobEvent.PicturePreviewed(n, fact.At, attempt.Number, fact.Picture, slot.Previews, frame));
    }

    /// <summary>Puts an attempt's pictures into those of its slots that are still open; intended attempts that makes needless are dropped.</summary>
    public void Fill(AttemptOutcome.Succeeded outcome, Attempt attempt, DateTimeOffset at)
    {
        var pictures = outcome.Pictures.Where(p => attempt.Slots.Contains(p.Slot)).ToList();
        for (var i = 0; i < pictures.Count; i++)
        {
            Fill(pictures[i], attempt, outcome.Usage?.Share(i, pictures.Count), at);
        }
    }

    /// <summary>Decides for every slot that an ended attempt left empty: retry, change the key, fall back or give up.</summary>
    public void MoveOn(Attempt attempt, FailedCall call)
    {
        foreach (var group in LeftEmpty(attempt).GroupBy(s => Decide(s, call)))
        {
            switch (group.Key)
            {
                case NextMove.Retry retry:
                    foreach (var slot in group)
                    {
                        Replace(retry.PossibleDoublePurchase
                            ? slot with { RetriedLost = true }
                            : slot with { RetriesUsed = slot.RetriesUsed + 1, KeysTried = [] });
                    }

                    Intend(group.Select(s => s.Index), attempt.Step, retry.DueAt, retry.PossibleDoublePurchase);
                    break;

                case NextMove.ChangeKey:
                    foreach (var slot in group)
                    {
                        Replace(slot with { KeysTried = slot.KeysTried.Add(attempt.Key!) });
                    }

                    Intend(group.Select(s => s.Index), attempt.Step, call.At, possibleDoublePurchase: false);
                    break;

                case NextMove.FallBack next:
                    FallBack(group, next.Step, call.At, possibleDoublePurchase: false);
                    break;

                default:
                    GiveUp(group, call.Failure, call.At);
                    break;
            }
        }
    }

    /// <summary>Takes the slots of an attempt that was not sent to a later step.</summary>
    public void FallBack(Attempt attempt, int step, DateTimeOffset at) => FallBack(LeftEmpty(attempt), step, at, attempt.PossibleDoublePurchase);

    /// <summary>Ends every attempt that was not sent, and gives up its slots.</summary>
    public void DropIntended(FailureKind reason, DateTimeOffset at)
        => Drop(a => a.Status == AttemptStatus.Intended, AttemptStatus.Canceled, reason, at);

    /// <summary>Stops waiting for every attempt in flight: nobody knows how it will end.</summary>
    public void DropInFlight(FailureKind reason, DateTimeOffset at)
        => Drop(a => a.IsInFlight, AttemptStatus.Lost, reason, at);

    /// <summary>Makes the job final once every slot is filled or given up.</summary>
    public void FinalizeIfDone(DateTimeOffset at)
    {
        if (!_state.Slots.All(s => s.IsClosed))
        {
            return;
        }

        var status = _state.Slots.Any(s => s.Picture is not null) ? JobStatus.Succeeded
            : _state.CancelRequested ? JobStatus.Canceled
            : JobStatus.Failed;
        var failure = status == JobStatus.Succeeded ? null : DecidingFailure(status);
        foreach (var needless in _state.Attempts.Where(a => a.Status == AttemptStatus.Intended))
        {
            Replace(needless with { Status = AttemptStatus.Canceled, EndedAt = at });
        }

        // What ended before another call was sent may be told after it: the job ends after both.
        var end = at < _state.ChangedAt ? _state.ChangedAt : at;
        _state = _state with { Status = status, Failure = failure, CompletedAt = end };
        Raise(n => new JobEvent.Finalized(n, end, status, failure?.Failure.Kind));
    }

    /// <summary>The finished transition: version raised, status derived.</summary>
    public Transition Commit(DateTimeOffset at)
    {
        var status = _state.IsFinal ? _state.Status
            : _state.Attempts.Any(a => a.IsInFlight) ? JobStatus.Running
            : _state.Attempts.Any(a => a.SentAt is not null) ? JobStatus.Waiting
            : JobStatus.Queued;
        return new(Verdict.Applied, _state with { Version = _state.Version + 1, Status = status, ChangedAt = at }, _events.ToImmutable());
    }

    private void Fill(DeliveredPicture picture, Attempt attempt, Usage? usage, DateTimeOffset at)
    {
        var slot = _state.Slots[picture.Slot];
        if (slot.IsClosed)
        {
            return;
        }

        if (slot.OpenAttempt is { } open && open != attempt.Number)
        {
            Withdraw(_state.Attempts[open - 1], slot.Index, at);
        }

        Replace(slot with { Picture = picture, FilledBy = attempt.Number, OpenAttempt = null });
        var frame = NextFrame(attempt, attempt.Quality, attempt.Background, usage);
        Raise(n => new JobEvent.PictureCompleted(n, at, attempt.Number, picture, frame));
    }

    private FrameFacts NextFrame(Attempt attempt, string? quality, string? background, Usage? usage)
    {
        var (chunk, step, spec) = (_state.Chunks, _state.StepOf(attempt), _state.SpecOf(attempt));
        _state = _state with { Chunks = chunk + 1 };
        return new(chunk, step.Provider, step.Model, quality ?? spec.Quality, background ?? spec.Background, usage);
    }

    private List<Slot> LeftEmpty(Attempt attempt)
        => [.. attempt.Slots.Select(i => _state.Slots[i]).Where(s => !s.IsClosed && s.OpenAttempt == attempt.Number)];

    private void FallBack(IEnumerable<Slot> slots, int step, DateTimeOffset at, bool possibleDoublePurchase)
    {
        var all = slots.ToList();
        foreach (var slot in all)
        {
            Replace(slot with { Step = step, RetriesUsed = 0, RetriedLost = false, KeysTried = [] });
        }

        Intend(all.Select(s => s.Index), step, at, possibleDoublePurchase);
    }

    private NextMove Decide(Slot slot, FailedCall call)
        => _state.CancelRequested ? new NextMove.GiveUp() : FallbackPolicy.Decide(slot, call, _state.Chain, _state.Deadline);

    private void GiveUp(IEnumerable<Slot> slots, AttemptFailure failure, DateTimeOffset at)
    {
        var reason = _state.CancelRequested ? new(FailureKind.Canceled)
            : at >= _state.Deadline && failure.Kind is (FailureKind.TimedOut or FailureKind.Lost) ? new(FailureKind.DeadlineExceeded)
            : failure;
        foreach (var slot in slots)
        {
            Replace(slot with { Failure = reason, OpenAttempt = null });
            Raise(n => new JobEvent.PictureFailed(n, at, slot.Index, reason.Kind));
        }
    }

    private void Drop(Func<Attempt, bool> which, AttemptStatus end, FailureKind reason, DateTimeOffset at)
    {
        foreach (var attempt in _state.Attempts.Where(which))
        {
            Replace(attempt with { Status = end, EndedAt = at, Failure = new(reason) });
            GiveUp(LeftEmpty(attempt), new(reason), at);
        }
    }

    private void Withdraw(Attempt attempt, int slot, DateTimeOffset at)
    {
        if (attempt.Status != AttemptStatus.Intended)
        {
            return;
        }

        var rest = attempt.Slots.Remove(slot);
        Replace(rest.IsEmpty ? attempt with { Status = AttemptStatus.Canceled, EndedAt = at } : attempt with { Slots = rest });
    }

    /// <summary>The primary step's newest failure; where that step was skipped, the newest failure of all.</summary>
    private JobFailure DecidingFailure(JobStatus status)
    {
        if (status == JobStatus.Canceled)
        {
            return new(new(FailureKind.Canceled));
        }

        if (_state.Slots.FirstOrDefault(s => s.Failure?.Kind == FailureKind.DeadlineExceeded) is not null)
        {
            return new(new(FailureKind.DeadlineExceeded));
        }

        var failed = _state.Attempts.Where(a => a.Failure is not null).ToList();
        var deciding = failed.LastOrDefault(a => a.Step == 0) ?? failed.LastOrDefault();
        return deciding is null ? new(_state.Slots[0].Failure!) : new(deciding.Failure!, deciding.Number);
    }

    private void Replace(Slot slot) => _state = _state with { Slots = _state.Slots.SetItem(slot.Index, slot) };
}
