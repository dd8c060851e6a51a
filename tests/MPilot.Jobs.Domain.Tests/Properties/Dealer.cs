using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Tests.Jobs;

namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>Makes a fact of dice and the state they meet: mostly what may well come next, sometimes late, repeated or wrong.</summary>
internal static class Dealer
{
    private static readonly FailureKind[] Kinds = Enum.GetValues<FailureKind>();
    /// <summary>Names of the keys calls are made with.</summary>
    public static readonly string[] Keys = ["key", "spare", "other"];

    /// <summary>Mostly moments, now and then a minute: a long script may reach the deadline by itself.</summary>
    public static TimeSpan Gap(Roll roll) => roll.Gap switch
    {
        < 20 => TimeSpan.Zero,
        < 90 => TimeSpan.FromMilliseconds(roll.Gap * 20),
        _ => TimeSpan.FromSeconds(roll.Gap - 60),
    };

    public static JobFact Deal(Roll roll, JobState state, DateTimeOffset now, List<Telling> told) => roll.Kind switch
    {
        < 640 => Next(roll, state, now),
        < 680 => End(roll, state, AnyOf(roll, state), now),
        < 730 => Late(roll, state, now),
        < 790 => Wrong(roll, now, AnyOf(roll, state)),
        < 880 => told.Count == 0 ? Next(roll, state, now) : told[roll.Pick % told.Count].Fact,
        < 950 => new JobFact.ClockReached(state.DueAt is { } dueAt && dueAt < state.Deadline ? dueAt : now),
        < 970 => new JobFact.ClockReached(now),
        < 985 => new JobFact.CancelRequested(now),
        < 990 => new JobFact.ClockReached(state.Deadline),
        < 995 => new JobFact.AttemptSending(state.Deadline, AnyOf(roll, state), "key", "lease", "node", 1),
        _ => End(roll, state, AnyOf(roll, state), state.Deadline),
    };

    private static JobFact Next(Roll roll, JobState state, DateTimeOffset now)
    {
        var open = state.Attempts.Where(a => a.IsOpen).ToList();
        if (open.Count == 0)
        {
            return End(roll, state, AnyOf(roll, state), now);
        }

        var attempt = open[roll.Pick % open.Count];
        return (attempt.Status, roll.Detail % 10) switch
        {
            (AttemptStatus.Intended, 0) => new JobFact.GateGranted(now, attempt.Number, "key", "lease"),
            (AttemptStatus.Intended, 1) when roll.Gap % 3 == 0 => new JobFact.GateClosed(now, attempt.Number),
            (AttemptStatus.Intended, _) => new JobFact.AttemptSending(now, attempt.Number, Keys[roll.Pick % Keys.Length], "lease", "node", 1),
            (AttemptStatus.Sending, 0 or 2 or 3) => new JobFact.AttemptAccepted(now, attempt.Number, "upstream"),
            (AttemptStatus.Accepted, 0) => new JobFact.AttemptTakenUp(now, attempt.Number, "other", attempt.Epoch!.Value + 1, attempt.Epoch.Value),
            (_, 1) => new JobFact.AttemptOrphaned(now, attempt.Number, attempt.Epoch!.Value - (roll.Gap % 2), roll.Gap / 100.0),
            _ => End(roll, state, attempt.Number, now),
        };
    }

    /// <summary>A lost attempt delivers after all, all or some of its pictures.</summary>
    private static JobFact.AttemptEnded Late(Roll roll, JobState state, DateTimeOffset now)
    {
        var lost = state.Attempts.Where(a => a.Status == AttemptStatus.Lost).ToList();
        if (lost.Count == 0)
        {
            return End(roll, state, AnyOf(roll, state), now);
        }

        var attempt = lost[roll.Pick % lost.Count];
        return new(now, attempt.Number, Pictures(attempt.Number, attempt.Slots.Where(s => (roll.Detail >> s) % 4 != 0)), 0);
    }

    private static JobFact.AttemptEnded End(Roll roll, JobState state, int attempt, DateTimeOffset now)
        => new(now, attempt, Outcome(roll, state, attempt), roll.Gap / 100.0) { OtherKeys = [.. Keys.Where((_, i) => (roll.Gap >> i) % 2 == 0)] };

    private static AttemptOutcome Outcome(Roll roll, JobState state, int attempt)
    {
        int[] slots = state.FindAttempt(attempt) is { } known ? [.. known.Slots] : [0];
        return (roll.Detail / 10) switch
        {
            < 20 => Pictures(attempt, slots),
            < 30 => Pictures(attempt, slots.Take(slots.Length / 2)),
            < 35 => Pictures(attempt, Enumerable.Range(0, state.Slots.Length)),
            < 55 => new AttemptOutcome.Lost(),
            < 58 => new AttemptOutcome.Canceled(),
            < 65 => Sample.Failed(FailureKind.TimedOut),
            < 80 => Sample.Failed(FailureKind.Transient),
            < 90 => Sample.Failed(FailureKind.RateLimited, TimeSpan.FromSeconds(roll.Pick)),
            _ => Sample.Failed(Kinds[roll.Pick % Kinds.Length]),
        };
    }

    /// <summary>Pictures whose names tell the attempt, so that a slot that changes its picture is seen.</summary>
    private static AttemptOutcome.Succeeded Pictures(int attempt, IEnumerable<int> slots)
        => new([.. slots.Select(s => Sample.Picture(s, $"attempt{attempt}"))]);

    private static JobFact Wrong(Roll roll, DateTimeOffset now, int attempt) => (roll.Detail % 4) switch
    {
        0 => new JobFact.GateGranted(now, attempt, "key", "other"),
        1 => new JobFact.AttemptSending(now, attempt, "key", "other", "other", 2),
        2 => new JobFact.AttemptAccepted(now, attempt, "other"),
        _ => new JobFact.AttemptEnded(now, attempt + 1, new AttemptOutcome.Lost(), 0),
    };

    /// <summary>Any attempt there is; rarely one that is not.</summary>
    private static int AnyOf(Roll roll, JobState state) => roll.Pick < 30 ? state.Attempts.Length + 1 : 1 + (roll.Pick % state.Attempts.Length);
}
