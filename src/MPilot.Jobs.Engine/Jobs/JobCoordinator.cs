using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
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
    public async Task<SubmitAnswer> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        var transition = JobTransitions.Accept(submission.Job);
        var spec = submission.Job.Spec;
        var adopt = spec.Images.Select(p => p.Artifact.Id).Concat(spec.Mask is { } mask ? [mask.Artifact.Id] : []);
        var insert = new JobInsert(transition.State, transition.Events, submission.Key, [.. adopt]) { Listener = submission.Listener };
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
                ports.Outbox.Committed(job);
                await PerformAsync();
                return new SubmitAnswer.Accepted(job);
        }
    }

    /// <summary>Takes a fact.</summary>
    public async Task<TellAnswer> TellAsync(JobFact fact)
    {
        try
        {
            _state ??= await ports.Store.LoadAsync(job, CancellationToken.None);
            if (_state is null)
            {
                return new(Verdict.Refused, "no_such_job");
            }

            var transition = JobTransitions.Apply(_state, fact);
            if (transition.State.Version != _state.Version)
            {
                await ports.Store.SaveAsync(Save(_state, transition), CancellationToken.None);
                _state = transition.State;
                ports.Outbox.Committed(job);
            }

            await FollowAsync(fact, transition.Verdict);
            await PerformAsync();
            return new(transition.Verdict, transition.Reason);
        }
        catch
        {
            // Whatever went wrong, what is cached may not be what is stored.
            _state = null;
            _asked.Clear();
            throw;
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

    /// <summary>A grant is used or given back; nothing of it is stored.</summary>
    private async Task FollowAsync(JobFact fact, Verdict verdict)
    {
        if (fact is not JobFact.GateGranted granted || _state!.FindAttempt(granted.Attempt) is not { } attempt)
        {
            return;
        }

        if (verdict == Verdict.Applied)
        {
            _asked.Add(attempt.Number);
            await StartAsync(attempt, granted.Key, granted.Lease);
        }
        else if (attempt.Lease != granted.Lease)
        {
            await ports.Gates.ReleaseAsync(_state.StepOf(attempt).Provider, granted.Lease, CancellationToken.None);
        }
    }

    /// <summary>Does what the stored state says is owed. Harmless to repeat.</summary>
    private async Task PerformAsync()
    {
        var state = _state!;
        var now = Later(ports.Time.GetUtcNow(), state.ChangedAt);
        var isWanted = !state.CancelRequested && !state.IsFinal;
        foreach (var attempt in state.Attempts)
        {
            if (attempt.Status == AttemptStatus.Intended && attempt.DueAt <= now && _asked.Add(attempt.Number))
            {
                await AskGateAsync(attempt);
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
    }

    /// <summary>The clock of the node that told the last fact may be ahead of ours.</summary>
    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private async Task AskGateAsync(Attempt attempt)
    {
        var ticket = new GateTicket(_state!.StepOf(attempt).Provider, _state.Tenant, job, attempt.Number);
        if (await ports.Gates.RequestAsync(ticket, CancellationToken.None) is GateAnswer.Granted granted)
        {
            await StartAsync(attempt, granted.Key, granted.Lease);
        }
    }

    private Task StartAsync(Attempt attempt, string key, string lease)
    {
        var order = new AttemptOrder
        {
            Tenant = _state!.Tenant,
            Job = job,
            Attempt = attempt.Number,
            Slots = attempt.Slots,
            Step = _state.StepOf(attempt),
            Spec = _state.Spec,
            Wire = _state.Wire,
            Key = key,
            Lease = lease,
            Deadline = _state.Deadline,
        };
        return ports.Attempts.StartAsync(order, CancellationToken.None);
    }
}
