using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Jobs;

public sealed class CancelTests
{
    [Fact]
    public void Cancel_WhenNothingWasSent_EndsTheJobAtOnce()
    {
        var story = new Story(2, Sample.Step()).Cancel();

        story.State.Status.ShouldBe(JobStatus.Canceled);
        story.State.Failure.ShouldBe(new JobFailure(new(FailureKind.Canceled)));
        story.State.Attempts.ShouldAllBe(a => a.Status == AttemptStatus.Canceled);
        story.Last.Events.ShouldBe([
            new JobEvent.CancelRequested(2, story.Now),
            new JobEvent.PictureFailed(3, story.Now, 0, FailureKind.Canceled),
            new JobEvent.PictureFailed(4, story.Now, 1, FailureKind.Canceled),
            new JobEvent.Finalized(5, story.Now, JobStatus.Canceled, FailureKind.Canceled),
        ]);
    }

    [Fact]
    public void Cancel_WhenACallIsInFlight_WaitsForItAndDropsTheRest()
    {
        var story = new Story(2, Sample.Step()).Send(1).Cancel();

        story.State.Status.ShouldBe(JobStatus.Running);
        story.State.CancelRequested.ShouldBeTrue();
        story.Attempt(1).Status.ShouldBe(AttemptStatus.Sending);
        story.Attempt(2).Status.ShouldBe(AttemptStatus.Canceled);
        story.Send(2).MustBe(Verdict.Refused, "attempt_already_taken");
    }

    [Fact]
    public void Cancel_WhenThePictureArrivesFirst_ThePictureWins()
    {
        var story = new Story(2, Sample.Step()).Send(1).Cancel().End(1, Sample.Pictures(0));

        story.State.Status.ShouldBe(JobStatus.Succeeded);
        story.State.Failure.ShouldBeNull();
        story.State.Slots[1].Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Canceled);
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("lost")]
    [InlineData("failed")]
    [InlineData("without picture")]
    public void Cancel_WhenTheCallThenEndsOtherwise_TheJobIsCanceledAndNothingFollows(string how)
    {
        var story = new Story(1, Sample.Step(), Sample.Step()).Send(1).Cancel().End(1, how switch
        {
            "canceled" => new AttemptOutcome.Canceled(),
            "lost" => new AttemptOutcome.Lost(),
            "failed" => Sample.Failed(FailureKind.Transient),
            _ => Sample.Pictures(),
        });

        story.State.Status.ShouldBe(JobStatus.Canceled);
        story.State.Slots[0].Failure.ShouldBe(new AttemptFailure(FailureKind.Canceled));
        story.State.Attempts.Length.ShouldBe(1);
    }

    [Fact]
    public void Cancel_WhenTheProviderTookTheCallMeanwhile_ItsJobIdIsStillTakenDown()
    {
        var story = new Story(1, Sample.Step()).Send(1).Cancel().Accept(1).MustBe(Verdict.Applied);

        story.Attempt(1).ProviderJobId.ShouldBe("upstream");
        story.State.Status.ShouldBe(JobStatus.Running);
    }

    [Fact]
    public void Cancel_WhenARetryIsWaiting_EndsTheJob()
        => new Story(1, Sample.Step()).Make(1, Sample.Failed(FailureKind.Transient)).Cancel().State.Status.ShouldBe(JobStatus.Canceled);

    [Fact]
    public void Cancel_WhenAPictureIsThereAlready_SucceedsWithIt()
        => new Story(2, Sample.Step()).Make(1, Sample.Pictures(0)).Cancel().State.Status.ShouldBe(JobStatus.Succeeded);

    [Fact]
    public void Cancel_WhenRepeatedOrLate_IsIgnored()
    {
        new Story(1, Sample.Step()).Send(1).Cancel().Cancel().MustBe(Verdict.Ignored);

        var story = new Story(1, Sample.Step()).Make(1, Sample.Pictures(0));
        var before = story.State;
        story.Cancel().MustBe(Verdict.Ignored).State.ShouldBeSameAs(before);
    }

    [Fact]
    public void Cancel_WhenTheDeadlineThenPasses_TheJobIsCanceled()
    {
        var story = new Story(1, Sample.Step()).Send(1).Cancel().Reach(Sample.Deadline);

        story.State.Status.ShouldBe(JobStatus.Canceled);
        story.Attempt(1).Status.ShouldBe(AttemptStatus.Lost);
    }
}
