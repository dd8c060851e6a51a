using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Attempts;
using MPilot.Jobs.Engine.Gates;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>
/// Runs one job: decide, store, perform. Decides by <see cref="JobTransitions"/>, stores the transition, then performs what the stored state owes.
/// Its engine calls it for one turn at a time. After an exception it has forgotten the state and reads it again.
/// </summary>
public sealed class JobCoordinator(string job, JobPorts ports)
{
    private readonly HashSet<int> _asked = [];
    private JobState? _state;

    /// <summary>When the job wants to be told the time, or <c>null</c> while nothing is due by itself.</summary>
    public DateTimeOffset? WakeAt
    {
        get
        {
            if (_state is not { IsFinal: false } state)
            {
                return null;
            }

            // An attempt that was asked for waits for its grant, not for the time.
            var due = state.Attempts.Where(a => a.Status == AttemptStatus.Intended && !_asked.Contains(a.Number)).Select(a => a.DueAt);
            return due.Append(state.Deadline).Min();
        }
    }

    /// <summary>Whether nothing that happens soon needs this coordinator's memory: the job is final, unknown, or has no call in flight.</summary>
    public bool IsAtRest => _state is null || _state.IsFinal || !_state.Attempts.Any(a => a.IsInFlight);

    /// <summary>Accepts the job.</summary>
    public Task<SubmitAnswer> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
        => TurnAsync(() => AcceptAsync(submission, cancellationToken));

    /// <summary>Takes a fact.</summary>
    public Task<TellAnswer> TellAsync(JobFact fact) => TurnAsync(() => HearAsync(fact));

    private async Task<T> TurnAsync<T>(Func<Task<T>> turn)
    {
        try
        {
            return await turn();
        }
        catch
        {
            // Whatever went wrong, what is cached may not be what is stored.
            _state = null;
            _asked.Clear();
            throw;
        }
    }

    private async Task<SubmitAnswer> AcceptAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        var transition = JobTransitions.Accept(submission.Job);
        var spec = submission.Job.Spec;
        var adopt = spec.Images.Select(p => p.Artifact.Id).Concat(spec.Mask is { } mask ? [mask.Artifact.Id] : []);
        var insert = new JobInsert(transition.State, transition.Events, submission.Key, [.. adopt])
        {
            Listener = submission.Listener, BucketUrls = submission.Job.BucketUrls,
        };
        switch (await ports.Store.InsertAsync(insert, cancellationToken))
        {
            case InsertAnswer.Repeats repeats:
                return new SubmitAnswer.Attached(repeats.Job);
            case InsertAnswer.Attaches attaches:
                return new SubmitAnswer.Attached(attaches.Job, attaches.Listener);
            case InsertAnswer.Replays replays:
                return new SubmitAnswer.Attached(replays.Job, IsReplay: true);
            case InsertAnswer.KeyReused:
                return new SubmitAnswer.KeyReused();
            default:
                _state = transition.State;
                ports.Outbox.Committed(_state.Tenant, job);
                ports.Instruments.OnStored(null, _state);
                await PerformAllAsync();
                return new SubmitAnswer.Accepted(job);
        }
    }

    private async Task<TellAnswer> HearAsync(JobFact fact)
    {
        _state ??= await ports.Store.LoadAsync(job, CancellationToken.None);
        if (_state is null)
        {
            return new(Verdict.Refused, "no_such_job");
        }

        var answer = await TakeAsync(fact);
        await PerformAllAsync();
        return answer;
    }

    private async Task<TellAnswer> TakeAsync(JobFact fact)
    {
        var transition = JobTransitions.Apply(_state!, fact);
        if (transition.State.Version != _state!.Version)
        {
            if (!await SaveAsync(fact, transition))
            {
                return new(Verdict.Refused, TellAnswer.GateMoved);
            }

            ports.Instruments.OnStored(_state, transition.State);
            _state = transition.State;
            ports.Outbox.Committed(_state.Tenant, job);
        }

        await FollowAsync(fact, transition.Verdict);
        return new(transition.Verdict, transition.Reason);
    }

    /// <summary>False: the gate whose grant the fact goes by has moved, and has to be asked anew.</summary>
    private async Task<bool> SaveAsync(JobFact fact, Transition transition)
    {
        var fence = fact is JobFact.AttemptSending { GateEpoch: > 0 } sending
            ? new GateFence(_state!.StepOf(_state.FindAttempt(sending.Attempt)!).Provider, sending.GateEpoch)
            : null;
        try
        {
            await ports.Store.SaveAsync(Save(_state!, transition) with { Fence = fence }, CancellationToken.None);
            return true;
        }
        catch (GateMovedException)
        {
            await ports.Gates.RenounceAsync(fence!.Provider, fence.Epoch, CancellationToken.None);
            _asked.Remove(((JobFact.AttemptSending)fact).Attempt);
            return false;
        }
    }

    private JobSave Save(JobState before, Transition transition)
    {
        var after = transition.State;
        var adopt = after.Slots
            .Where(s => s.Picture is not null && before.Slots[s.Index].Picture is null)
            .Select(s => s.Picture!.Artifact.Id)
            .ToImmutableArray();
        return new(after, transition.Events, adopt, before.IsFinal ? null : after.ResultsUntil(ports.Retention.Results));
    }

    /// <summary>Facts that store nothing: a grant is used or given back, an orphan is asked after, a refused call's lease goes unless another call holds it.</summary>
    private async Task FollowAsync(JobFact fact, Verdict verdict)
    {
        switch (fact)
        {
            case JobFact.GateGranted granted when _state!.FindAttempt(granted.Attempt) is { } attempt:
                await FollowAsync(granted, attempt, verdict);
                break;
            case JobFact.AttemptOrphaned orphaned when verdict == Verdict.Applied && _state!.FindAttempt(orphaned.Attempt) is { IsInFlight: true } attempt:
                var held = new GateAnswer.Granted(attempt.Key!, attempt.Lease!);
                await ports.Gates.CountAsync(TicketOf(attempt), held, CancellationToken.None);
                await StartAsync(attempt, held, new(attempt.ProviderJobId!, orphaned.Epoch, attempt.SentAt!.Value));
                break;
            case JobFact.AttemptSending sending when verdict == Verdict.Refused && _state!.FindAttempt(sending.Attempt) is { } attempt && attempt.Lease != sending.Lease:
                await ports.Gates.ReleaseAsync(_state.StepOf(attempt).Provider, sending.Lease, CancellationToken.None);
                break;
            case JobFact.AttemptTakenUp taken when verdict == Verdict.Refused && _state!.FindAttempt(taken.Attempt) is { IsInFlight: false, Lease: { } lease } attempt:
                await ports.Gates.ReleaseAsync(_state.StepOf(attempt).Provider, lease, CancellationToken.None);
                break;
        }
    }

    private async Task FollowAsync(JobFact.GateGranted granted, Attempt attempt, Verdict verdict)
    {
        if (verdict == Verdict.Applied)
        {
            _asked.Add(attempt.Number);
            await StartAsync(attempt, new(granted.Key, granted.Lease) { GateEpoch = granted.GateEpoch });
        }
        else if (attempt.Lease != granted.Lease)
        {
            await ports.Gates.ReleaseAsync(_state!.StepOf(attempt).Provider, granted.Lease, CancellationToken.None);
        }
    }

    /// <summary>What is performed may be answered with a fact at once, after which more is owed. Ends: each such fact moves slots along the chain.</summary>
    private async Task PerformAllAsync()
    {
        while (await PerformAsync() is { Count: > 0 } facts)
        {
            foreach (var fact in facts)
            {
                await TakeAsync(fact);
            }
        }
    }

    /// <summary>Does what the stored state says is owed. Harmless to repeat.</summary>
    private async Task<List<JobFact>> PerformAsync()
    {
        var facts = new List<JobFact>();
        var state = _state!;
        var now = Later(ports.Time.GetUtcNow(), state.ChangedAt);
        var isWanted = !state.CancelRequested && !state.IsFinal;
        foreach (var attempt in state.Attempts)
        {
            if (attempt.Status == AttemptStatus.Intended && attempt.DueAt <= now && _asked.Add(attempt.Number))
            {
                if (await AskGateAsync(attempt, now) is { } fact)
                {
                    facts.Add(fact);
                }
            }
            else if (attempt.IsInFlight && !(isWanted && attempt.Slots.Any(slot => !state.Slots[slot].IsClosed)))
            {
                await ports.Attempts.CancelAsync(job, attempt.Number, CancellationToken.None);
            }
            else if (!attempt.IsOpen && attempt.SentAt is null && _asked.Remove(attempt.Number))
            {
                await ports.Gates.WithdrawAsync(state.StepOf(attempt).Provider, job, attempt.Number, CancellationToken.None);
            }
        }

        return facts;
    }

    /// <summary>The clock of the node that told the last fact may be ahead of ours.</summary>
    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private async Task<JobFact?> AskGateAsync(Attempt attempt, DateTimeOffset now)
    {
        switch (await ports.Gates.RequestAsync(TicketOf(attempt), CancellationToken.None))
        {
            case GateAnswer.Granted granted:
                await StartAsync(attempt, granted);
                return null;
            case GateAnswer.Closed:
                return new JobFact.GateClosed(now, attempt.Number);
            default:
                return null;
        }
    }

    private GateTicket TicketOf(Attempt attempt)
    {
        var state = _state!;
        return new(state.StepOf(attempt).Provider, state.Tenant, job, attempt.Number)
        {
            AcceptedAt = state.CreatedAt,
            IsAwaited = state.IsAwaited,
            MayFallBack = FallbackPolicy.FirstUsable(state.Chain, attempt.Step + 1) is not null,
            AvoidKeys = [.. attempt.Slots.SelectMany(s => state.Slots[s].KeysTried).Distinct(StringComparer.Ordinal)],
        };
    }

    private Task StartAsync(Attempt attempt, GateAnswer.Granted granted, OrphanedCall? orphan = null)
    {
        var order = new AttemptOrder
        {
            Tenant = _state!.Tenant,
            Job = job,
            Attempt = attempt.Number,
            Slots = attempt.Slots,
            Step = _state.StepOf(attempt),
            Spec = _state.SpecOf(attempt),
            Wire = _state.Wire,
            Trace = _state.Trace,
            Key = granted.Key,
            Lease = granted.Lease,
            GateEpoch = granted.GateEpoch,
            Orphan = orphan,
            Deadline = _state.Deadline,
        };
        return ports.Attempts.StartAsync(order, CancellationToken.None);
    }
}
