using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>The only place where a job changes: (state, fact) → (state, events). Pure; see the chart in this folder's README.</summary>
public static class JobTransitions
{
    /// <summary>The first state of an accepted job: one intended attempt per call the first usable step needs.</summary>
    public static Transition Accept(NewJob job)
    {
        var step = FallbackPolicy.FirstUsable(job.Chain, 0)
            ?? throw new ArgumentException("A job needs a step that can be tried.", nameof(job));
        var draft = new JobDraft(new JobState
        {
            Id = job.Id,
            Tenant = job.Tenant,
            Version = 0,
            Spec = job.Spec,
            Chain = job.Chain,
            Slots = [.. Enumerable.Range(0, job.Spec.Count).Select(i => new Slot { Index = i, Step = step })],
            Attempts = [],
            Status = JobStatus.Queued,
            ModelRequested = job.ModelRequested,
            CreatedAt = job.AcceptedAt,
            ChangedAt = job.AcceptedAt,
            Deadline = job.Deadline,
            IsAwaited = job.IsAwaited,
            RequestId = job.RequestId,
            ClientRequestId = job.ClientRequestId,
            Trace = job.Trace,
            Wire = job.Wire,
            ResultLife = job.ResultLife,
            Webhook = job.Webhook,
            Buckets = job.BucketUrls.IsEmpty ? null : job.BucketUrls.Length,
            Metadata = job.Metadata,
            Warnings = job.Warnings,
            LastEvent = 0,
        });
        draft.Raise(n => new JobEvent.Accepted(n, job.AcceptedAt));
        draft.Intend(Enumerable.Range(0, job.Spec.Count), step, job.AcceptedAt, possibleDoublePurchase: false);
        return draft.Commit(job.AcceptedAt);
    }

    /// <summary>Applies a fact. Late and repeated facts are ignored, contradicting ones refused by name.</summary>
    public static Transition Apply(JobState state, JobFact fact) => fact switch
    {
        JobFact.GateGranted granted => Granted(state, granted),
        JobFact.GateClosed closed => GateClosed(state, closed),
        JobFact.AttemptSending sending => Sending(state, sending),
        JobFact.AttemptAccepted accepted => Accepted(state, accepted),
        JobFact.AttemptOrphaned orphaned => Orphaned(state, orphaned),
        JobFact.AttemptTakenUp taken => TakenUp(state, taken),
        JobFact.PreviewArrived preview => Previewed(state, preview),
        JobFact.AttemptEnded ended => Ended(state, ended),
        JobFact.CancelRequested cancel => Cancel(state, cancel),
        JobFact.ClockReached clock => Clock(state, clock),
        _ => Refused(state, "unknown_fact"),
    };

    private static Transition Granted(JobState state, JobFact.GateGranted fact)
        => state.FindAttempt(fact.Attempt) is not { } attempt ? Refused(state, "no_such_attempt")
            : attempt.Status == AttemptStatus.Intended ? new(Verdict.Applied, state, [])
            : Ignored(state);

    private static Transition GateClosed(JobState state, JobFact.GateClosed fact)
    {
        if (state.FindAttempt(fact.Attempt) is not { } attempt)
        {
            return Refused(state, "no_such_attempt");
        }

        if (attempt.Status != AttemptStatus.Intended)
        {
            return Ignored(state);
        }

        if (FallbackPolicy.FirstUsable(state.Chain, attempt.Step + 1) is not { } next)
        {
            return Refused(state, "no_step_left");
        }

        var draft = new JobDraft(state);
        var failure = new AttemptFailure(FailureKind.Transient, Code: "provider_unavailable", Message: "The provider is known to be failing; no call was made.");
        draft.Replace(attempt with { Status = AttemptStatus.Failed, EndedAt = fact.At, Failure = failure });
        draft.FallBack(attempt, next, fact.At);
        return draft.Commit(fact.At);
    }

    private static Transition Sending(JobState state, JobFact.AttemptSending fact)
    {
        if (state.FindAttempt(fact.Attempt) is not { } attempt)
        {
            return Refused(state, "no_such_attempt");
        }

        if (attempt.Status != AttemptStatus.Intended)
        {
            return attempt.Status == AttemptStatus.Sending && attempt.Lease == fact.Lease && attempt.Epoch == fact.Epoch && attempt.Node == fact.Node
                ? Ignored(state)
                : Refused(state, "attempt_already_taken");
        }

        if (fact.At >= state.Deadline)
        {
            return Refused(state, "deadline_passed");
        }

        var step = state.StepOf(attempt);
        var draft = new JobDraft(state);
        draft.Replace(attempt with
        {
            Status = AttemptStatus.Sending,
            Key = fact.Key,
            Lease = fact.Lease,
            Node = fact.Node,
            Epoch = fact.Epoch,
            Bound = fact.Bound,
            SentAt = fact.At,
        });
        draft.Raise(n => new JobEvent.AttemptStarted(n, fact.At, attempt.Number, step.Provider, step.Model));
        return draft.Commit(fact.At);
    }

    private static Transition Accepted(JobState state, JobFact.AttemptAccepted fact)
    {
        if (state.FindAttempt(fact.Attempt) is not { } attempt)
        {
            return Refused(state, "no_such_attempt");
        }

        switch (attempt.Status)
        {
            case AttemptStatus.Intended:
                return Refused(state, "attempt_not_sent");
            case AttemptStatus.Sending:
                var draft = new JobDraft(state);
                draft.Replace(attempt with { Status = AttemptStatus.Accepted, ProviderJobId = fact.ProviderJobId });
                return draft.Commit(fact.At);
            case AttemptStatus.Accepted when attempt.ProviderJobId != fact.ProviderJobId:
                return Refused(state, "other_provider_job");
            default:
                return Ignored(state);
        }
    }

    private static Transition Orphaned(JobState state, JobFact.AttemptOrphaned fact)
    {
        if (state.FindAttempt(fact.Attempt) is not { } attempt)
        {
            return Refused(state, "no_such_attempt");
        }

        if (!attempt.IsInFlight || attempt.Epoch != fact.Epoch)
        {
            return Ignored(state);
        }

        return attempt.ProviderJobId is not null
            ? new(Verdict.Applied, state, [])
            : Ended(state, new(fact.At, fact.Attempt, new AttemptOutcome.Lost(), fact.Jitter));
    }

    private static Transition TakenUp(JobState state, JobFact.AttemptTakenUp fact)
    {
        if (state.FindAttempt(fact.Attempt) is not { } attempt)
        {
            return Refused(state, "no_such_attempt");
        }

        if (attempt is { IsInFlight: true } && attempt.Node == fact.Node && attempt.Epoch == fact.Epoch)
        {
            return Ignored(state);
        }

        if (attempt.Status != AttemptStatus.Accepted || attempt.Epoch != fact.From)
        {
            return Refused(state, "attempt_already_taken");
        }

        var draft = new JobDraft(state);
        draft.Replace(attempt with { Node = fact.Node, Epoch = fact.Epoch });
        return draft.Commit(fact.At);
    }

    private static Transition Previewed(JobState state, JobFact.PreviewArrived fact)
    {
        if (state.FindAttempt(fact.Attempt) is not { } attempt)
        {
            return Refused(state, "no_such_attempt");
        }

        if (attempt.Status == AttemptStatus.Intended)
        {
            return Refused(state, "attempt_not_sent");
        }

        if (!attempt.Slots.Contains(fact.Picture.Slot))
        {
            return Refused(state, "other_slot");
        }

        if (state.IsFinal || !attempt.IsInFlight || state.Slots[fact.Picture.Slot].IsClosed)
        {
            return Ignored(state);
        }

        var draft = new JobDraft(state);
        draft.Preview(fact, attempt);
        return draft.Commit(fact.At);
    }

    private static Transition Ended(JobState state, JobFact.AttemptEnded fact)
    {
        if (state.FindAttempt(fact.Attempt) is not { } attempt)
        {
            return Refused(state, "no_such_attempt");
        }

        if (attempt.Status == AttemptStatus.Intended)
        {
            return Refused(state, "attempt_not_sent");
        }

        var afterLost = attempt.Status == AttemptStatus.Lost && fact.Outcome is AttemptOutcome.Succeeded;
        if (!attempt.IsInFlight && !afterLost)
        {
            return Ignored(state);
        }

        var draft = new JobDraft(state);
        var ended = Close(attempt, fact) with { Cost = fact.Cost };
        draft.Replace(ended);
        if (state.IsFinal)
        {
            return draft.Commit(fact.At);
        }

        // 1. The attempt, 2. its pictures, 3. the slots it left empty, 4. the job.
        var step = state.StepOf(attempt);
        draft.Raise(n => new JobEvent.AttemptFinished(
            n, fact.At, attempt.Number, step.Provider, step.Model, ended.Status, ended.Failure?.Kind, ended.Failure?.StatusCode));
        if (fact.Outcome is AttemptOutcome.Succeeded succeeded)
        {
            draft.Fill(succeeded, ended, fact.At);
        }

        draft.MoveOn(attempt, new(FailureOf(fact.Outcome), fact.At, fact.Jitter) { Key = attempt.Key, OtherKeys = fact.OtherKeys });
        draft.FinalizeIfDone(fact.At);
        return draft.Commit(fact.At);
    }

    private static Transition Cancel(JobState state, JobFact.CancelRequested fact)
    {
        if (state.IsFinal || state.CancelRequested)
        {
            return Ignored(state);
        }

        var draft = new JobDraft(state with { CancelRequested = true });
        draft.Raise(n => new JobEvent.CancelRequested(n, fact.At));
        draft.DropIntended(FailureKind.Canceled, fact.At);
        draft.FinalizeIfDone(fact.At);
        return draft.Commit(fact.At);
    }

    private static Transition Clock(JobState state, JobFact.ClockReached fact)
    {
        if (state.DueAt is not { } dueAt || fact.At < dueAt)
        {
            return Ignored(state);
        }

        // A due time that was met is taken down as a change, or the job would stay due until its attempt gets through the gate.
        var draft = new JobDraft(state);
        if (fact.At >= state.Deadline)
        {
            draft.DropIntended(FailureKind.DeadlineExceeded, fact.At);
            draft.DropInFlight(FailureKind.DeadlineExceeded, fact.At);
            draft.FinalizeIfDone(fact.At);
        }

        return draft.Commit(fact.At);
    }

    private static Attempt Close(Attempt attempt, JobFact.AttemptEnded fact) => fact.Outcome switch
    {
        AttemptOutcome.Succeeded s => attempt with
        {
            Status = AttemptStatus.Succeeded, EndedAt = fact.At, Usage = s.Usage, Quality = s.Quality, Background = s.Background, Failure = null,
            Wire = s.Wire,
        },
        AttemptOutcome.Failed f => attempt with { Status = AttemptStatus.Failed, EndedAt = fact.At, Failure = f.Failure },
        AttemptOutcome.Canceled => attempt with { Status = AttemptStatus.Canceled, EndedAt = fact.At },
        _ => attempt with { Status = AttemptStatus.Lost, EndedAt = fact.At, Failure = new(FailureKind.Lost) },
    };

    private static AttemptFailure FailureOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Failed failed => failed.Failure,
        AttemptOutcome.Canceled => new(FailureKind.Canceled),
        AttemptOutcome.Lost => new(FailureKind.Lost),
        _ => new(FailureKind.Broken),
    };

    private static Transition Ignored(JobState state) => new(Verdict.Ignored, state, ImmutableArray<JobEvent>.Empty);

    private static Transition Refused(JobState state, string reason) => new(Verdict.Refused, state, [], reason);
}
