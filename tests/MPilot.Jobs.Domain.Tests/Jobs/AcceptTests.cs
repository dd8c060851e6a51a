using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Jobs;

public sealed class AcceptTests
{
    [Fact]
    public void Accept_WhenTheChainIsUsable_FreezesTheJobAndRaisesAccepted()
    {
        var job = Sample.Job(2, Sample.Step(), Sample.Step());

        var transition = JobTransitions.Accept(job);

        transition.Verdict.ShouldBe(Verdict.Applied);
        transition.Events.ShouldBe([new JobEvent.Accepted(1, Sample.Start)]);
        var state = transition.State;
        (state.Id, state.Tenant, state.RequestId, state.ModelRequested).ShouldBe((job.Id, job.Tenant, job.RequestId, job.ModelRequested));
        (state.Spec, state.Metadata).ShouldBe((job.Spec, job.Metadata));
        state.Chain.ShouldBe(job.Chain);
        state.Warnings.ShouldBe(job.Warnings);
        (state.Status, state.Version, state.LastEvent).ShouldBe((JobStatus.Queued, 1, 1));
        (state.CreatedAt, state.ChangedAt, state.Deadline).ShouldBe((Sample.Start, Sample.Start, Sample.Deadline));
        state.CompletedAt.ShouldBeNull();
        state.Slots.ShouldBe([
            new Slot { Index = 0, Step = 0, OpenAttempt = 1 },
            new Slot { Index = 1, Step = 0, OpenAttempt = 2 },
        ]);
    }

    [Theory]
    [InlineData(1, 1, new[] { 1 })]
    [InlineData(3, 1, new[] { 1, 1, 1 })]
    [InlineData(3, 10, new[] { 3 })]
    [InlineData(10, 4, new[] { 4, 4, 2 })]
    public void Accept_WhenSeveralPicturesAreWanted_MakesOneAttemptPerCallTheStepNeeds(int count, int picturesPerCall, int[] covered)
    {
        var state = JobTransitions.Accept(Sample.Job(count, Sample.Step(picturesPerCall: picturesPerCall))).State;

        state.Attempts.Select(a => a.Slots.Length).ShouldBe(covered);
        state.Attempts.Select(a => a.Number).ShouldBe(Enumerable.Range(1, covered.Length));
        state.Attempts.SelectMany(a => a.Slots).ShouldBe(Enumerable.Range(0, count));
        state.Attempts.ShouldAllBe(a => a.Status == AttemptStatus.Intended && a.DueAt == Sample.Start && !a.PossibleDoublePurchase);
    }

    [Fact]
    public void Accept_WhenTheFirstStepsAreSkipped_StartsAtTheFirstUsableOne()
    {
        var state = JobTransitions.Accept(Sample.Job(1, Sample.Skipped(), Sample.Skipped(), Sample.Step())).State;

        state.Slots.ShouldHaveSingleItem().Step.ShouldBe(2);
        state.Attempts.ShouldHaveSingleItem().Step.ShouldBe(2);
    }

    [Fact]
    public void Accept_WhenEveryStepIsSkipped_Throws()
        => Should.Throw<ArgumentException>(() => JobTransitions.Accept(Sample.Job(1, Sample.Skipped())));

    [Fact]
    public void DueAt_WhenTheFirstAttemptWasDueAtAccept_IsTheDeadline()
        => JobTransitions.Accept(Sample.Job(1, Sample.Step())).State.DueAt.ShouldBe(Sample.Deadline);
}
