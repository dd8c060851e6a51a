using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Money;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Jobs;

public sealed class CostOfJobTests
{
    private static readonly Cost Four = new(0.04m, "USD", Known: true);

    [Fact]
    public void Cost_WhenNothingWasSent_IsNothing()
    {
        var story = new Story(2, Sample.Step());

        story.State.Cost.ShouldBe(Cost.Nothing);
        story.Cancel().State.Cost.ShouldBe(Cost.Nothing);
    }

    [Fact]
    public void Cost_WhenSeveralAttemptsWereMade_IsTheirSum()
    {
        var story = new Story(1, Sample.Step(retries: 1), Sample.Step());
        End(story, 1, Sample.Failed(FailureKind.Transient), new Cost(0, "USD", Known: true));
        End(story, 2, Sample.Failed(FailureKind.Broken), Four);

        End(story, 3, Sample.Pictures(0), new Cost(0.0021m, "USD", Known: true));

        story.State.Status.ShouldBe(JobStatus.Succeeded);
        story.State.Cost.ShouldBe(new Cost(0.0421m, "USD", Known: true));
        story.State.Attempts.Select(a => a.Cost!.Amount).ShouldBe([0, 0.04m, 0.0021m]);
    }

    [Fact]
    public void Cost_WhileACallIsInFlight_IsUnknownBeyondWhatEnded()
    {
        var story = new Story(2, Sample.Step());
        End(story, 1, Sample.Pictures(0), Four);

        story.State.Cost.ShouldBe(Four);
        story.Send(2).State.Cost.ShouldBe(Four with { Known = false });
    }

    [Fact]
    public void Cost_WhenTheDeadlineEndsACall_IsUnknown()
    {
        var story = new Story(1, Sample.Step()).Send(1);

        story.Reach(Sample.Deadline).State.Cost.ShouldBe(Cost.Unknown);
    }

    [Fact]
    public void Cost_WhenALostAttemptDeliversAfterAll_BecomesWhatItCost()
    {
        var story = new Story(1, Sample.Step(retryLost: false)).Send(1).End(1, new AttemptOutcome.Lost());
        story.State.Cost.Known.ShouldBeFalse();

        story.Tell(new JobFact.AttemptEnded(story.Now, 1, Sample.Pictures(0), 0, Four)).MustBe(Verdict.Applied);

        story.State.Cost.ShouldBe(Four);
    }

    private static void End(Story story, int attempt, AttemptOutcome outcome, Cost cost)
    {
        story.Send(attempt).MustBe(Verdict.Applied);
        story.Tell(new JobFact.AttemptEnded(story.Now, attempt, outcome, 0.5, cost)).MustBe(Verdict.Applied);
    }
}
