using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Tests.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>What holds for the attempts and slots of a job whatever is told to it.</summary>
public sealed class AttemptProperties
{
    [Fact]
    public void Attempts_WhateverIsTold_AreNumberedFromOneAndNeverReused() => Scripts.CheckEach(t =>
    {
        t.After.Attempts.Select(a => a.Number).ShouldBe(Enumerable.Range(1, t.After.Attempts.Length));
        t.After.Attempts.Length.ShouldBeGreaterThanOrEqualTo(t.Before.Attempts.Length);
        foreach (var (before, after) in t.Before.Attempts.Zip(t.After.Attempts))
        {
            (after.Step, after.DueAt, after.PossibleDoublePurchase).ShouldBe((before.Step, before.DueAt, before.PossibleDoublePurchase));
            after.Slots.ShouldBeSubsetOf(before.Slots);
        }
    });

    [Fact]
    public void Attempts_WhateverIsTold_OnlyMoveForward() => Scripts.CheckEach(t =>
    {
        foreach (var (before, after) in t.Before.Attempts.Zip(t.After.Attempts))
        {
            AttemptStatus[] reachable = before.Status switch
            {
                AttemptStatus.Intended => [AttemptStatus.Intended, AttemptStatus.Sending, AttemptStatus.Canceled, AttemptStatus.Failed],
                AttemptStatus.Sending => [
                    AttemptStatus.Sending, AttemptStatus.Accepted, AttemptStatus.Succeeded, AttemptStatus.Failed, AttemptStatus.Canceled, AttemptStatus.Lost],
                AttemptStatus.Accepted => [
                    AttemptStatus.Accepted, AttemptStatus.Succeeded, AttemptStatus.Failed, AttemptStatus.Canceled, AttemptStatus.Lost],
                AttemptStatus.Lost => [AttemptStatus.Lost, AttemptStatus.Succeeded],
                _ => [before.Status],
            };

            reachable.ShouldContain(after.Status);
            (after.EndedAt is null).ShouldBe(after.IsOpen);
        }
    });

    [Fact]
    public void Slots_WhateverIsTold_AreFilledOnceByAnAttemptMadeForThem() => Scripts.Check(p =>
    {
        var covers = p.Intents.ToDictionary(a => a.Number, a => a.Slots);
        foreach (var (before, after) in p.Told.SelectMany(t => t.Before.Slots.Zip(t.After.Slots)))
        {
            if (before.IsClosed)
            {
                after.ShouldBe(before);
            }

            if (after.Picture is { } picture)
            {
                picture.ShouldBe(Sample.Picture(after.Index, $"attempt{after.FilledBy}"));
                covers[after.FilledBy!.Value].ShouldContain(after.Index);
                after.Failure.ShouldBeNull();
            }
        }

        p.Events.OfType<JobEvent.PictureCompleted>().Select(e => e.Picture.Slot)
            .Concat(p.Events.OfType<JobEvent.PictureFailed>().Select(e => e.Slot))
            .Order()
            .ShouldBe(p.Last.Slots.Where(s => s.IsClosed).Select(s => s.Index));
    });

    [Fact]
    public void Slots_WhileTheJobIsNotFinal_EachOpenOneIsOwedByExactlyOneOpenAttempt() => Scripts.CheckEach(t =>
    {
        var open = t.After.Attempts.Where(a => a.IsOpen).ToList();
        open.SelectMany(a => a.Slots).ShouldBeUnique();
        foreach (var slot in t.After.Slots.Where(s => !s.IsClosed))
        {
            t.After.IsFinal.ShouldBeFalse();
            var owed = open.Where(a => a.Slots.Contains(slot.Index)).ToList().ShouldHaveSingleItem();
            (slot.OpenAttempt, slot.Step).ShouldBe((owed.Number, owed.Step));
        }
    });

    [Fact]
    public void Ended_WhenTheAttemptIsInFlight_AlwaysEndsIt() => Scripts.CheckEach(t =>
    {
        if (t.Fact is JobFact.AttemptEnded ended && t.Before.FindAttempt(ended.Attempt) is { IsInFlight: true })
        {
            t.Answer.Verdict.ShouldBe(Verdict.Applied);
            t.After.FindAttempt(ended.Attempt)!.IsOpen.ShouldBeFalse();
            t.After.FindAttempt(ended.Attempt)!.EndedAt.ShouldBe(ended.At);
        }
    });

    [Fact]
    public void Attempts_WhateverIsTold_AreNeverSentAtOrAfterTheDeadlineNorToASkippedStep() => Scripts.Check(p =>
    {
        p.Last.Attempts.All(a => a.SentAt == null || a.SentAt < Sample.Deadline).ShouldBeTrue();
        p.Last.Attempts.All(a => !p.Last.Chain[a.Step].IsSkipped && a.Slots.Length <= p.Last.Chain[a.Step].PicturesPerCall).ShouldBeTrue();
    });

    [Fact]
    public void Attempts_PerSlotAndStep_StayWithinRetriesAndOneRepeatOfALostCall() => Scripts.Check(p =>
    {
        var made = p.Intents.SelectMany(a => a.Slots.Select(slot => (Attempt: a, Slot: slot)));
        foreach (var group in made.GroupBy(m => (m.Slot, m.Attempt.Step)))
        {
            var step = p.Last.Chain[group.Key.Step];
            group.Count(m => m.Attempt.PossibleDoublePurchase).ShouldBeLessThanOrEqualTo(2);
            group.Count(m => !m.Attempt.PossibleDoublePurchase).ShouldBeLessThanOrEqualTo((1 + step.Retries) * Dealer.Keys.Length);
        }

        p.Last.Slots.All(s => s.RetriesUsed <= p.Last.Chain[s.Step].Retries).ShouldBeTrue();
    });

    [Fact]
    public void NewAttempts_WhenIntended_AreFlaggedAndDueByTheFailureBeforeThem() => Scripts.CheckEach(t =>
    {
        foreach (var attempt in t.NewAttempts)
        {
            var before = t.Before.FindAttempt(EndedBy(t.Fact))!;
            var unknown = t.Fact is JobFact.GateClosed ? before.PossibleDoublePurchase : t.Fact is JobFact.AttemptOrphaned || IsUnknown((JobFact.AttemptEnded)t.Fact);

            attempt.PossibleDoublePurchase.ShouldBe(unknown);
            attempt.DueAt.ShouldBeGreaterThanOrEqualTo(t.Fact.At);
            if (attempt.Step > before.Step || unknown)
            {
                attempt.DueAt.ShouldBe(t.Fact.At);
            }
            else
            {
                attempt.DueAt.ShouldBeLessThan(Sample.Deadline);
            }
        }
    });

    private static int EndedBy(JobFact fact) => fact switch
    {
        JobFact.AttemptEnded ended => ended.Attempt,
        JobFact.AttemptOrphaned orphaned => orphaned.Attempt,
        _ => fact.ShouldBeOfType<JobFact.GateClosed>().Attempt,
    };

    private static bool IsUnknown(JobFact.AttemptEnded ended)
        => ended.Outcome is AttemptOutcome.Lost or AttemptOutcome.Failed { Failure.Kind: FailureKind.TimedOut or FailureKind.Lost };
}
