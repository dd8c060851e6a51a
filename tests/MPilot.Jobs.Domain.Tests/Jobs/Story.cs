using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

namespace MPilot.Jobs.Domain.Tests.Jobs;

/// <summary>A job and what is told to it, one second apart.</summary>
internal sealed class Story
{
    private readonly List<JobEvent> _events = [];

    public Story(NewJob job)
    {
        Last = JobTransitions.Accept(job);
        _events.AddRange(Last.Events);
    }

    public Story(int count, params Step[] chain)
        : this(Sample.Job(count, chain))
    {
    }

    public DateTimeOffset Now { get; set; } = Sample.Start;

    public Transition Last { get; private set; }

    public JobState State => Last.State;

    /// <summary>All events so far.</summary>
    public IReadOnlyList<JobEvent> Events => _events;

    public Attempt Attempt(int number) => State.FindAttempt(number).ShouldNotBeNull();

    public Story Tell(JobFact fact)
    {
        Last = JobTransitions.Apply(State, fact);
        _events.AddRange(Last.Events);
        return this;
    }

    public Story Send(int attempt, string lease = "lease", long epoch = 1, string node = "node")
        => Tell(new JobFact.AttemptSending(Tick(), attempt, "key", lease, node, epoch));

    public Story Accept(int attempt, string providerJob = "upstream")
        => Tell(new JobFact.AttemptAccepted(Tick(), attempt, providerJob));

    public Story End(int attempt, AttemptOutcome outcome, double jitter = 0.5)
        => Tell(new JobFact.AttemptEnded(Tick(), attempt, outcome, jitter));

    /// <summary>Sends an attempt and ends it.</summary>
    public Story Make(int attempt, AttemptOutcome outcome)
    {
        Send(attempt).MustBe(Verdict.Applied);
        return End(attempt, outcome).MustBe(Verdict.Applied);
    }

    public Story Cancel() => Tell(new JobFact.CancelRequested(Tick()));

    public Story Reach(DateTimeOffset at)
    {
        Now = at;
        return Tell(new JobFact.ClockReached(at));
    }

    public Story MustBe(Verdict verdict, string? reason = null)
    {
        Last.Verdict.ShouldBe(verdict);
        Last.Reason.ShouldBe(reason);
        return this;
    }

    private DateTimeOffset Tick() => Now = Now.AddSeconds(1);
}
