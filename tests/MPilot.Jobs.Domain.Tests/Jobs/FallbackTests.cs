using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Jobs;

/// <summary>Retries, the way down the chain, and whose failure the caller is told.</summary>
public sealed class FallbackTests
{
    [Fact]
    public void Ended_WhenTransient_IntendsTheSameStepLaterAndWakesForIt()
    {
        var story = new Story(1, Sample.Step(), Sample.Step()).Make(1, Sample.Failed(FailureKind.Transient));

        var retry = story.Attempt(2);
        (retry.Step, retry.Status, retry.DueAt).ShouldBe((0, AttemptStatus.Intended, story.Now.AddSeconds(0.25)));
        retry.PossibleDoublePurchase.ShouldBeFalse();
        story.State.Slots[0].ShouldBe(new Slot { Index = 0, Step = 0, RetriesUsed = 1, OpenAttempt = 2 });
        story.State.Status.ShouldBe(JobStatus.Waiting);
        story.State.DueAt.ShouldBe(retry.DueAt);
    }

    [Fact]
    public void Ended_WhenRetriesAreUsedUp_FallsBackOverSkippedStepsWithFreshRetries()
    {
        var story = new Story(1, Sample.Step(retries: 1), Sample.Skipped(), Sample.Step(retries: 1))
            .Make(1, Sample.Failed(FailureKind.Transient))
            .Make(2, Sample.Failed(FailureKind.Broken));

        story.State.Slots[0].ShouldBe(new Slot { Index = 0, Step = 2, OpenAttempt = 3 });
        (story.Attempt(3).Step, story.Attempt(3).DueAt).ShouldBe((2, story.Now));
        story.State.DueAt.ShouldBe(Sample.Deadline);
        story.Make(3, Sample.Failed(FailureKind.Transient)).State.Slots[0].RetriesUsed.ShouldBe(1);
    }

    [Fact]
    public void Ended_WhenAllStepsFail_TellsThePrimaryStepsNewestFailure()
    {
        var story = new Story(1, Sample.Step(retries: 1), Sample.Step())
            .Make(1, Sample.Failed(FailureKind.Transient))
            .Make(2, Sample.Failed(FailureKind.Credentials))
            .Make(3, Sample.Failed(FailureKind.InvalidInput));

        story.State.Status.ShouldBe(JobStatus.Failed);
        story.State.Failure.ShouldNotBeNull().Failure.Kind.ShouldBe(FailureKind.Credentials);
        story.State.Failure.Attempt.ShouldBe(2);
        story.State.Slots[0].Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.InvalidInput);
    }

    [Fact]
    public void Ended_WhenThePrimaryStepWasSkipped_TellsTheLastFailure()
    {
        var story = new Story(1, Sample.Skipped(), Sample.Step(), Sample.Step())
            .Make(1, Sample.Failed(FailureKind.Credentials))
            .Make(2, Sample.Failed(FailureKind.Quota));

        story.State.Failure.ShouldBe(new JobFailure(story.Attempt(2).Failure!, 2));
        story.State.Failure!.Failure.Kind.ShouldBe(FailureKind.Quota);
    }

    [Fact]
    public void Ended_WhenRefusedForSafety_IsFinalThoughAStepIsLeft()
    {
        var story = new Story(1, Sample.Step(), Sample.Step()).Make(1, Sample.Failed(FailureKind.Refused));

        story.State.Status.ShouldBe(JobStatus.Failed);
        story.State.Failure.ShouldNotBeNull().Failure.Kind.ShouldBe(FailureKind.Refused);
    }

    [Fact]
    public void Ended_WhenASuccessBringsNoPicture_CountsAsBroken()
    {
        var story = new Story(1, Sample.Step(retries: 1)).Make(1, Sample.Pictures());
        story.State.Slots[0].RetriesUsed.ShouldBe(1);

        story.Make(2, Sample.Pictures());

        story.State.Status.ShouldBe(JobStatus.Failed);
        story.State.Failure.ShouldNotBeNull().Failure.Kind.ShouldBe(FailureKind.Broken);
    }

    [Fact]
    public void Ended_WhenTheProviderAsksToWait_IsDueThen()
    {
        var story = new Story(1, Sample.Step()).Make(1, Sample.Failed(FailureKind.RateLimited, TimeSpan.FromSeconds(40)));

        story.State.DueAt.ShouldBe(story.Now.AddSeconds(40));
    }
}
