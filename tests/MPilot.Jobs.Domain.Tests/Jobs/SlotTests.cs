using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Jobs;

/// <summary>Several pictures: native, fanned out, and only some of them.</summary>
public sealed class SlotTests
{
    [Fact]
    public void Ended_WhenOneNativeCallBringsAll_FillsEverySlotInOneTransition()
    {
        var story = new Story(3, Sample.Step(picturesPerCall: 4)).Make(1, Sample.Pictures(2, 0, 1));

        story.State.Status.ShouldBe(JobStatus.Succeeded);
        story.State.Slots.Select(s => s.Picture).ShouldBe([Sample.Picture(0), Sample.Picture(1), Sample.Picture(2)]);
        story.State.Slots.ShouldAllBe(s => s.FilledBy == 1 && s.OpenAttempt == null);
        story.Last.Events.OfType<JobEvent.PictureCompleted>().Select(e => e.Picture.Slot).ShouldBe([2, 0, 1]);
    }

    [Fact]
    public void Ended_WhenANativeCallBringsSome_RetriesOnlyTheMissingOnesInOneCall()
    {
        var story = new Story(4, Sample.Step(picturesPerCall: 4)).Make(1, Sample.Pictures(1));

        story.Attempt(1).Status.ShouldBe(AttemptStatus.Succeeded);
        story.Attempt(2).Slots.ShouldBe([0, 2, 3]);
        story.State.Attempts.Length.ShouldBe(2);
        story.State.Slots[1].RetriesUsed.ShouldBe(0);
        story.State.Slots[0].RetriesUsed.ShouldBe(1);
    }

    [Fact]
    public void Ended_WhenMissingSlotsFallBackToAFanOutStep_MakesOneAttemptEach()
    {
        var story = new Story(3, Sample.Step(retries: 0, picturesPerCall: 4), Sample.Step()).Make(1, Sample.Pictures(1));

        story.State.Attempts.Skip(1).Select(a => (a.Step, a.Slots.Single())).ShouldBe([(1, 0), (1, 2)]);
        story.State.Slots.Select(s => s.OpenAttempt).ShouldBe([2, null, 3]);
    }

    [Fact]
    public void Ended_WhenFannedOut_EachSlotGoesItsOwnWay()
    {
        var story = new Story(3, Sample.Step(), Sample.Step()).Send(1).Send(2).Send(3)
            .End(2, Sample.Pictures(1))
            .End(3, Sample.Failed(FailureKind.Credentials))
            .End(1, Sample.Failed(FailureKind.Refused));

        story.State.Status.ShouldBe(JobStatus.Waiting);
        story.State.Slots.Select(s => s.Step).ShouldBe([0, 0, 1]);
        story.State.Slots[0].Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Refused);
        story.State.Slots[1].Picture.ShouldNotBeNull();
        story.State.Slots[2].OpenAttempt.ShouldBe(4);
    }

    [Fact]
    public void Ended_WhenOnlySomeSlotsAreFilled_SucceedsAndNamesTheLostOnes()
    {
        var story = new Story(2, Sample.Step()).Make(1, Sample.Failed(FailureKind.Refused)).Make(2, Sample.Pictures(1));

        story.State.Status.ShouldBe(JobStatus.Succeeded);
        story.State.Failure.ShouldBeNull();
        story.State.Slots[0].Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Refused);
        story.Last.Events[^1].ShouldBe(new JobEvent.Finalized(story.State.LastEvent, story.Now, JobStatus.Succeeded, null));
    }

    [Fact]
    public void Ended_WhenAPictureIsForAnotherAttemptsSlot_IsNotPutThere()
    {
        var story = new Story(2, Sample.Step()).Make(1, Sample.Pictures(0, 1));

        story.State.Slots[0].Picture.ShouldNotBeNull();
        story.State.Slots[1].Picture.ShouldBeNull();
        story.State.Slots[1].OpenAttempt.ShouldBe(2);
    }

    [Fact]
    public void Ended_WhenTwoPicturesAreForOneSlot_KeepsTheFirst()
    {
        var story = new Story(1, Sample.Step())
            .Make(1, new AttemptOutcome.Succeeded([Sample.Picture(0, "first"), Sample.Picture(0, "second")]));

        story.State.Slots[0].Picture.ShouldBe(Sample.Picture(0, "first"));
        story.Last.Events.OfType<JobEvent.PictureCompleted>().ShouldHaveSingleItem();
    }
}
