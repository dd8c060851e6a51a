using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Jobs;

/// <summary>Calls that nobody knows the end of, and what comes of them after all.</summary>
public sealed class LostTests
{
    private static readonly AttemptOutcome Lost = new AttemptOutcome.Lost();

    [Fact]
    public void Ended_WhenLost_IsMadeAgainOnceAtOnceAndFlagged()
    {
        var story = new Story(1, Sample.Step(), Sample.Step()).Make(1, Lost);

        story.Attempt(1).Failure.ShouldBe(new AttemptFailure(FailureKind.Lost));
        var again = story.Attempt(2);
        (again.Step, again.DueAt, again.PossibleDoublePurchase).ShouldBe((0, story.Now, true));
        story.State.Slots[0].ShouldBe(new Slot { Index = 0, Step = 0, RetriedLost = true, OpenAttempt = 2 });
    }

    [Fact]
    public void Ended_WhenLostTwice_GivesUpThoughAStepIsLeft()
    {
        var story = new Story(1, Sample.Step(), Sample.Step()).Make(1, Lost).Make(2, Lost);

        story.State.Status.ShouldBe(JobStatus.Failed);
        story.State.Failure.ShouldBe(new JobFailure(new(FailureKind.Lost), 2));
    }

    [Fact]
    public void Ended_WhenTimedOutThenLost_IsMadeAgainOnlyOnce()
    {
        var story = new Story(1, Sample.Step()).Make(1, Sample.Failed(FailureKind.TimedOut)).Make(2, Lost);

        story.Attempt(2).PossibleDoublePurchase.ShouldBeTrue();
        story.State.Status.ShouldBe(JobStatus.Failed);
    }

    [Fact]
    public void Ended_WhenTheStepFailsLostCalls_GivesUpAtOnce()
        => new Story(1, Sample.Step(retryLost: false), Sample.Step()).Make(1, Lost).State.Status.ShouldBe(JobStatus.Failed);

    [Fact]
    public void Ended_WhenTheRepeatFailsOrdinarily_StillHasItsRetriesAndTheChain()
    {
        var story = new Story(1, Sample.Step(retries: 1), Sample.Step())
            .Make(1, Lost)
            .Make(2, Sample.Failed(FailureKind.Transient))
            .Make(3, Sample.Failed(FailureKind.Transient));

        story.State.Slots[0].ShouldBe(new Slot { Index = 0, Step = 1, OpenAttempt = 4 });
    }

    [Fact]
    public void Ended_WhenALostPictureComesWhileTheRepeatWaits_FillsTheSlotAndDropsTheRepeat()
    {
        var story = new Story(1, Sample.Step()).Make(1, Lost).End(1, Sample.Pictures(0)).MustBe(Verdict.Applied);

        story.State.Status.ShouldBe(JobStatus.Succeeded);
        story.State.Slots[0].FilledBy.ShouldBe(1);
        (story.Attempt(1).Status, story.Attempt(1).Failure).ShouldBe((AttemptStatus.Succeeded, null));
        story.Attempt(2).Status.ShouldBe(AttemptStatus.Canceled);
        story.Send(2).MustBe(Verdict.Refused, "attempt_already_taken");
    }

    [Fact]
    public void Ended_WhenALostPictureComesForOneOfTwo_TheRepeatKeepsTheOther()
    {
        var story = new Story(2, Sample.Step(picturesPerCall: 2)).Make(1, Lost).End(1, Sample.Pictures(0));

        story.State.Slots[0].FilledBy.ShouldBe(1);
        (story.Attempt(2).Status, story.Attempt(2).Slots.Single()).ShouldBe((AttemptStatus.Intended, 1));
        story.Make(2, Sample.Pictures(1)).State.Status.ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public void Ended_WhenALostPictureComesWhileTheRepeatIsInFlight_FillsTheSlotAndLetsTheRepeatEnd()
    {
        var story = new Story(1, Sample.Step()).Make(1, Lost).Send(2).End(1, Sample.Pictures(0));
        var final = story.State;
        final.Status.ShouldBe(JobStatus.Succeeded);
        story.Attempt(2).Status.ShouldBe(AttemptStatus.Sending);

        story.End(2, new AttemptOutcome.Succeeded([Sample.Picture(0, "second")])).MustBe(Verdict.Applied);

        story.Attempt(2).Status.ShouldBe(AttemptStatus.Succeeded);
        story.Last.Events.ShouldBeEmpty();
        story.State.Slots.ShouldBe(final.Slots);
    }

    [Fact]
    public void Ended_WhenALostPictureComesAfterItsSlotWasFilled_IsOnlyLedgered()
    {
        var usage = new Usage(1, null, null, 2, null, null, 3);
        var story = new Story(2, Sample.Step()).Make(1, Lost).Make(3, Sample.Pictures(0));

        story.End(1, new AttemptOutcome.Succeeded([Sample.Picture(0, "late")], usage)).MustBe(Verdict.Applied);

        (story.Attempt(1).Status, story.Attempt(1).Usage).ShouldBe((AttemptStatus.Succeeded, usage));
        (story.State.Slots[0].FilledBy, story.State.Slots[0].Picture).ShouldBe((3, Sample.Picture(0)));
        story.Last.Events.ShouldHaveSingleItem().ShouldBeOfType<JobEvent.AttemptFinished>();
    }

    [Fact]
    public void Ended_WhenItIsToldAfterAnotherCallWasSent_EndsTheJobAfterThat()
    {
        var story = new Story(1, Sample.Step()).Make(1, Lost).Send(2);

        story.Tell(new JobFact.AttemptEnded(Sample.Start, 1, Sample.Pictures(0), 0.5)).MustBe(Verdict.Applied);

        story.State.Status.ShouldBe(JobStatus.Succeeded);
        story.State.CompletedAt.ShouldBe(story.Attempt(2).SentAt);
    }

    [Fact]
    public void Ended_WhenTheOutcomeComesAfterTheDeadlineEndedTheJob_IsOnlyLedgered()
    {
        var story = new Story(1, Sample.Step()).Send(1).Reach(Sample.Deadline);
        var final = story.State;

        story.End(1, Sample.Pictures(0)).MustBe(Verdict.Applied);

        story.Attempt(1).Status.ShouldBe(AttemptStatus.Succeeded);
        story.State.Version.ShouldBe(final.Version + 1);
        (story.State.Status, story.State.Failure, story.State.CompletedAt).ShouldBe((final.Status, final.Failure, final.CompletedAt));
        story.State.Slots.ShouldBe(final.Slots);
        story.Last.Events.ShouldBeEmpty();
        story.End(1, Sample.Pictures(0)).MustBe(Verdict.Ignored);
    }

    [Fact]
    public void Ended_WhenAFailureComesAfterTheDeadlineEndedTheJob_IsIgnored()
        => new Story(1, Sample.Step()).Send(1).Reach(Sample.Deadline).End(1, Sample.Failed(FailureKind.Transient)).MustBe(Verdict.Ignored);
}
