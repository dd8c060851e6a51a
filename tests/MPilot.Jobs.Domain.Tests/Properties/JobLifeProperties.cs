using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Tests.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>What holds for a job whatever is told to it, in whatever order.</summary>
public sealed class JobLifeProperties
{
    [Fact]
    public void Apply_WhateverIsTold_AgreesWithTheNaiveStatus() => Scripts.Check(p =>
    {
        var naive = new NaiveStatus(p.Last.Slots.Length, Sample.Deadline);
        naive.Follow(new JobFact.GateGranted(Sample.Start, 0, "", ""), p.Accepted.State.Attempts);
        p.Accepted.State.Status.ShouldBe(naive.Status);
        foreach (var telling in p.Told)
        {
            naive.Follow(telling.Fact, telling.NewAttempts);
            telling.After.Status.ShouldBe(naive.Status);
        }
    });

    [Fact]
    public void Apply_WhateverIsTold_EndsAtMostOnceAndWithTheLastEvent() => Scripts.Check(p =>
    {
        var events = p.Events.ToList();
        var ends = events.OfType<JobEvent.Finalized>().ToList();

        ends.Count.ShouldBe(p.Last.IsFinal ? 1 : 0);
        if (p.Last.IsFinal)
        {
            events[^1].ShouldBeSameAs(ends[0]);
            (ends[0].Status, ends[0].Failure, ends[0].At).ShouldBe((p.Last.Status, p.Last.Failure?.Failure.Kind, p.Last.CompletedAt!.Value));
        }
    });

    [Fact]
    public void Apply_WhateverIsTold_NumbersEventsFromOneWithoutGap() => Scripts.Check(p =>
    {
        var events = p.Events.ToList();

        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Count).Select(n => (long)n));
        p.Last.LastEvent.ShouldBe(events.Count);
    });

    [Fact]
    public void Apply_WhenTheJobIsFinal_ChangesNeitherStatusNorSlotsNorFailure() => Scripts.CheckEach(t =>
    {
        if (t.Before.IsFinal)
        {
            (t.After.Status, t.After.Failure, t.After.CompletedAt).ShouldBe((t.Before.Status, t.Before.Failure, t.Before.CompletedAt));
            t.After.Slots.ShouldBe(t.Before.Slots);
            t.Answer.Events.ShouldBeEmpty();
            t.NewAttempts.ShouldBeEmpty();
        }
    });

    [Fact]
    public void Apply_WhenTheJobEnds_SaysWhyAndLeavesNothingToSend() => Scripts.CheckEach(t =>
    {
        if (t.After.IsFinal)
        {
            t.After.Attempts.Any(a => a.Status == AttemptStatus.Intended).ShouldBeFalse();
            t.After.Slots.All(s => s.IsClosed && s.OpenAttempt == null).ShouldBeTrue();
            (t.After.Failure is null).ShouldBe(t.After.Status == JobStatus.Succeeded);
            t.After.Slots.Any(s => s.Picture is not null).ShouldBe(t.After.Status == JobStatus.Succeeded);
            t.After.CompletedAt.ShouldNotBeNull();
        }
    });

    [Fact]
    public void Apply_WhenApplied_RaisesTheVersionByOneElseKeepsTheInstance() => Scripts.CheckEach(t =>
    {
        if (t.Answer.Verdict == Verdict.Applied && !StoresNothing(t))
        {
            t.After.Version.ShouldBe(t.Before.Version + 1);
            t.After.ChangedAt.ShouldBe(t.Fact.At);
        }
        else
        {
            t.After.ShouldBeSameAs(t.Before);
            t.Answer.Events.ShouldBeEmpty();
        }

        (t.Answer.Reason is not null).ShouldBe(t.Answer.Verdict == Verdict.Refused);
    });

    [Fact]
    public void Apply_WhenAFactIsToldTwiceInARow_TheSecondChangesNothing() => Scripts.CheckEach(t =>
    {
        var again = JobTransitions.Apply(t.After, t.Fact);

        again.State.ShouldBeSameAs(t.After);
        again.Events.ShouldBeEmpty();
    });

    [Fact]
    public void Apply_WhenCancelWasRequested_IntendsAndSendsNothingMore() => Scripts.CheckEach(t =>
    {
        if (t.Before.CancelRequested)
        {
            t.After.CancelRequested.ShouldBeTrue();
            t.NewAttempts.ShouldBeEmpty();
            t.After.Attempts.Any(a => a.Status == AttemptStatus.Intended).ShouldBeFalse();
            t.After.Attempts.Count(a => a.SentAt is not null).ShouldBe(t.Before.Attempts.Count(a => a.SentAt is not null));
        }
    });

    [Fact]
    public void Apply_WhenTheDeadlineComes_EndsTheJob() => Scripts.Check(p =>
        JobTransitions.Apply(p.Last, new JobFact.ClockReached(Sample.Deadline)).State.IsFinal.ShouldBeTrue());

    [Fact]
    public void Apply_WhenEveryAttemptIsMadeAndEnds_EndsTheJobWithoutTheClock() => Scripts.Check(p =>
    {
        var state = p.Last;
        for (var left = 500; !state.IsFinal && left > 0; left--)
        {
            var attempt = state.Attempts.First(a => a.IsOpen && a.Slots.Any(s => !state.Slots[s].IsClosed));
            var fact = attempt.IsInFlight
                ? (JobFact)new JobFact.AttemptEnded(Sample.Start, attempt.Number, left % 2 == 0 ? new AttemptOutcome.Lost() : Sample.Pictures(), 0)
                : new JobFact.AttemptSending(Sample.Start, attempt.Number, "key", "lease", "node", 1);
            state = JobTransitions.Apply(state, fact).State;
        }

        state.IsFinal.ShouldBeTrue();
    });

    [Fact]
    public void DueAt_WhateverIsTold_IsTheEarliestThatIsStillAhead() => Scripts.CheckEach(t =>
    {
        var ahead = t.After.Attempts.Where(a => a.Status == AttemptStatus.Intended && a.DueAt > t.After.ChangedAt).Select(a => a.DueAt);
        DateTimeOffset? expected = t.After.IsFinal ? null : ahead.Append(t.After.Deadline).Min();

        t.After.DueAt.ShouldBe(expected);
        if (t.Fact is JobFact.ClockReached clock && t.After.DueAt is { } dueAt)
        {
            dueAt.ShouldBeGreaterThan(clock.At);
        }
    });

    private static bool StoresNothing(Telling t)
        => t.Fact is JobFact.GateGranted || (t.Fact is JobFact.AttemptOrphaned orphaned && t.Before.FindAttempt(orphaned.Attempt)!.ProviderJobId is not null);
}
