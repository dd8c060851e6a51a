using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Jobs;

/// <summary>What time alone does to a job.</summary>
public sealed class DeadlineTests
{
    [Fact]
    public void ClockReached_WhenNothingIsDue_IsIgnored()
    {
        var story = new Story(1, Sample.Step());
        var before = story.State;

        story.Reach(Sample.Deadline.AddTicks(-1)).MustBe(Verdict.Ignored).State.ShouldBeSameAs(before);
    }

    [Fact]
    public void ClockReached_WhenARetryIsDue_IsTakenDownSoThatItIsNotDueAgain()
    {
        var story = new Story(1, Sample.Step()).Make(1, Sample.Failed(FailureKind.Transient));
        var (dueAt, version) = (story.Attempt(2).DueAt, story.State.Version);
        story.Reach(dueAt.AddTicks(-1)).MustBe(Verdict.Ignored).State.DueAt.ShouldBe(dueAt);

        story.Reach(dueAt).MustBe(Verdict.Applied);

        story.State.DueAt.ShouldBe(Sample.Deadline);
        (story.State.Version, story.State.ChangedAt, story.State.Status).ShouldBe((version + 1, dueAt, JobStatus.Waiting));
        story.Last.Events.ShouldBeEmpty();
        story.Reach(dueAt.AddSeconds(1)).MustBe(Verdict.Ignored);
    }

    [Fact]
    public void ClockReached_WhenTheDeadlineComes_DropsWhatIsOpenAndFails()
    {
        var story = new Story(2, Sample.Step()).Send(1).Reach(Sample.Deadline);

        story.State.Status.ShouldBe(JobStatus.Failed);
        story.State.Failure.ShouldBe(new JobFailure(new(FailureKind.DeadlineExceeded)));
        story.Attempt(1).Status.ShouldBe(AttemptStatus.Lost);
        story.Attempt(2).Status.ShouldBe(AttemptStatus.Canceled);
        story.State.Slots.ShouldAllBe(s => s.Failure!.Kind == FailureKind.DeadlineExceeded && s.OpenAttempt == null);
        story.State.CompletedAt.ShouldBe(Sample.Deadline);
    }

    [Fact]
    public void ClockReached_WhenAPictureIsThere_SucceedsWithIt()
    {
        var story = new Story(2, Sample.Step()).Make(2, Sample.Pictures(1)).Reach(Sample.Deadline);

        story.State.Status.ShouldBe(JobStatus.Succeeded);
        story.State.Slots[0].Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.DeadlineExceeded);
    }

    [Fact]
    public void ClockReached_WhenTheJobIsFinal_IsIgnored()
        => new Story(1, Sample.Step()).Make(1, Sample.Pictures(0)).Reach(Sample.Deadline).MustBe(Verdict.Ignored);

    [Fact]
    public void Sending_WhenTheDeadlineHasCome_IsRefused()
    {
        var story = new Story(1, Sample.Step());
        story.Now = Sample.Deadline.AddSeconds(-2);
        story.Send(1).MustBe(Verdict.Applied);

        var late = new Story(1, Sample.Step());
        late.Now = Sample.Deadline.AddSeconds(-1);
        late.Send(1).MustBe(Verdict.Refused, "deadline_passed");
        late.Attempt(1).Status.ShouldBe(AttemptStatus.Intended);
    }

    [Theory]
    [InlineData(FailureKind.TimedOut)]
    [InlineData(FailureKind.Lost)]
    public void Ended_WhenACallRunsOutOfTimeAtTheDeadline_TheJobsDeadlineIsTheReason(FailureKind kind)
    {
        var story = new Story(1, Sample.Step()).Send(1);
        story.Now = Sample.Deadline;

        story.End(1, Sample.Failed(kind));

        story.State.Failure.ShouldBe(new JobFailure(new(FailureKind.DeadlineExceeded)));
    }

    [Fact]
    public void Ended_WhenACallRefusesAfterTheDeadline_KeepsItsReason()
    {
        var story = new Story(1, Sample.Step()).Send(1);
        story.Now = Sample.Deadline;

        story.End(1, Sample.Failed(FailureKind.Refused));

        story.State.Failure.ShouldNotBeNull().Failure.Kind.ShouldBe(FailureKind.Refused);
    }
}
