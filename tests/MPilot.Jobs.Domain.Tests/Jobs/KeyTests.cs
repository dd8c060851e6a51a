using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Money;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Jobs;

/// <summary>Failures a key is at fault for, and gates that are closed.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData(FailureKind.RateLimited)]
    [InlineData(FailureKind.Credentials)]
    [InlineData(FailureKind.Quota)]
    public void Ended_WhenTheKeyIsAtFaultAndAnotherCanBeUsed_MakesTheStepAgainAtOnceAndUsesNoRetry(FailureKind kind)
    {
        var story = Failing(new Story(1, Sample.Step(), Sample.Step()), 1, "first", kind, "second");

        var again = story.Attempt(2);
        (again.Step, again.DueAt, again.PossibleDoublePurchase).ShouldBe((0, story.Now, false));
        var slot = story.State.Slots[0];
        (slot.RetriesUsed, slot.OpenAttempt).ShouldBe((0, 2));
        slot.KeysTried.ShouldBe(["first"]);
    }

    [Theory]
    [InlineData(FailureKind.Transient)]
    [InlineData(FailureKind.InvalidInput)]
    [InlineData(FailureKind.Refused)]
    [InlineData(FailureKind.TimedOut)]
    public void Ended_WhenTheKeyIsNotAtFault_ChangesNoKey(FailureKind kind)
        => Failing(new Story(1, Sample.Step(), Sample.Step()), 1, "first", kind, "second").State.Slots[0].KeysTried.ShouldBeEmpty();

    [Fact]
    public void Ended_WhenEveryKeyWasTried_FallsBackAndForgetsThem()
    {
        var story = new Story(1, Sample.Step(), Sample.Step());
        Failing(story, 1, "first", FailureKind.Quota, "second", "third");
        Failing(story, 2, "second", FailureKind.Quota, "first", "third");
        Failing(story, 3, "third", FailureKind.Quota, "first", "second");

        story.Attempt(4).Step.ShouldBe(1);
        story.State.Slots[0].KeysTried.ShouldBeEmpty();
    }

    [Fact]
    public void Ended_WhenAKeyThatWasTriedIsUsedAgain_ShowsThatThereIsNoOther()
    {
        var story = new Story(1, Sample.Step(), Sample.Step());
        Failing(story, 1, "first", FailureKind.Quota, "second");
        Failing(story, 2, "first", FailureKind.Quota, "second");

        story.Attempt(3).Step.ShouldBe(1);
    }

    [Fact]
    public void Ended_WhenEveryKeyIsRateLimitedOnTheLastStep_WaitsAndThenMayTryThemAllAgain()
    {
        var story = new Story(1, Sample.Step(retries: 1));
        Failing(story, 1, "first", FailureKind.RateLimited, "second");
        Failing(story, 2, "second", FailureKind.RateLimited, "first");

        story.Attempt(3).DueAt.ShouldBe(story.Now.AddSeconds(7));
        story.State.Slots[0].KeysTried.ShouldBeEmpty();
        story.State.Slots[0].RetriesUsed.ShouldBe(1);
    }

    [Fact]
    public void Ended_WhenRefusedAndFallingBackIsAllowed_FallsBack()
    {
        var allowing = Sample.Step() with { FallBackOnRefusal = true };

        new Story(1, allowing, Sample.Step()).Make(1, Sample.Failed(FailureKind.Refused)).Attempt(2).Step.ShouldBe(1);
        new Story(1, Sample.Step(), Sample.Step()).Make(1, Sample.Failed(FailureKind.Refused)).State.Status.ShouldBe(JobStatus.Failed);
    }

    [Fact]
    public void GateClosed_WhenAStepIsLeft_FallsBackWithoutACall()
    {
        var story = new Story(2, Sample.Step(picturesPerCall: 2), Sample.Skipped(), Sample.Step());

        story.Tell(new JobFact.GateClosed(story.Now, 1)).MustBe(Verdict.Applied);

        var passed = story.Attempt(1);
        (passed.Status, passed.SentAt, passed.Failure!.Code).ShouldBe((AttemptStatus.Failed, null, "provider_unavailable"));
        story.State.Attempts.Skip(1).Select(a => a.Step).ShouldBe([2, 2]);
        story.State.Status.ShouldBe(JobStatus.Queued);
        story.State.Cost.ShouldBe(Cost.Nothing);
    }

    [Fact]
    public void GateClosed_WhenNoStepIsLeft_IsRefusedByName()
        => new Story(1, Sample.Step(), Sample.Skipped()).Tell(new JobFact.GateClosed(Sample.Start, 1)).MustBe(Verdict.Refused, "no_step_left");

    [Fact]
    public void GateClosed_WhenTheCallWouldRepeatALostOne_KeepsTheFlagOnTheNextStep()
    {
        var story = new Story(1, Sample.Step(), Sample.Step()).Make(1, new AttemptOutcome.Lost());

        story.Tell(new JobFact.GateClosed(story.Now, 2));

        (story.Attempt(3).Step, story.Attempt(3).PossibleDoublePurchase).ShouldBe((1, true));
    }

    private static Story Failing(Story story, int attempt, string key, FailureKind kind, params ImmutableArray<string> others)
    {
        story.Tell(new JobFact.AttemptSending(story.Now, attempt, key, "lease", "node", 1)).MustBe(Verdict.Applied);
        var outcome = Sample.Failed(kind, TimeSpan.FromSeconds(7));
        return story.Tell(new JobFact.AttemptEnded(story.Now, attempt, outcome, 0.5) { OtherKeys = others }).MustBe(Verdict.Applied);
    }
}
