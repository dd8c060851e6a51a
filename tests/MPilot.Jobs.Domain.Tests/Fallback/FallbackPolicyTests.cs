using System.Collections.Immutable;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Tests.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Fallback;

public sealed class FallbackPolicyTests
{
    private static readonly DateTimeOffset Now = Sample.Start;

    public static TheoryData<FailureKind, bool, bool, bool> EveryCase()
    {
        var cases = new TheoryData<FailureKind, bool, bool, bool>();
        foreach (var kind in Enum.GetValues<FailureKind>())
        {
            for (var bits = 0; bits < 8; bits++)
            {
                cases.Add(kind, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void Decide_ForEveryKindRetryStepAndDeadline_FollowsTheTable(FailureKind kind, bool retryLeft, bool stepLeft, bool timeLeft)
    {
        var slot = new Slot { Index = 0, Step = 0, RetriesUsed = retryLeft ? 1 : 2, RetriedLost = !retryLeft };
        ImmutableArray<Step> chain = stepLeft ? [Sample.Step(), Sample.Skipped(), Sample.Step()] : [Sample.Step(), Sample.Skipped()];
        var deadline = timeLeft ? Sample.Deadline : Now;

        var move = FallbackPolicy.Decide(slot, new(new(kind), Now, 0.5), chain, deadline);

        move.ShouldBe(Table(kind, retryLeft && timeLeft, stepLeft));
    }

    [Theory]
    [InlineData(0, 0.0, 0)]
    [InlineData(0, 0.5, 250)]
    [InlineData(0, 0.999, 499.5)]
    [InlineData(1, 0.5, 500)]
    [InlineData(2, 0.5, 1_000)]
    [InlineData(5, 0.5, 8_000)]
    [InlineData(6, 0.5, 10_000)]
    [InlineData(40, 0.999, 19_980)]
    [InlineData(5_000, 0.5, 10_000)]
    public void Decide_WhenTransient_WaitsExponentiallyWithFullJitterUpToTheCap(int used, double jitter, double milliseconds)
    {
        var move = Decide(new(FailureKind.Transient), used, jitter, Sample.Step(retries: int.MaxValue));

        move.ShouldBe(new NextMove.Retry(Now.AddMilliseconds(milliseconds)));
    }

    [Theory]
    [InlineData(FailureKind.Transient, 30_000, 30_000)]
    [InlineData(FailureKind.Transient, 10, 250)]
    [InlineData(FailureKind.Broken, 30_000, 30_000)]
    [InlineData(FailureKind.RateLimited, 30_000, 30_000)]
    [InlineData(FailureKind.RateLimited, 10, 10)]
    public void Decide_WhenTheProviderAsksToWait_HonoursIt(FailureKind kind, int asked, int waits)
    {
        var move = Decide(new(kind, RetryAfter: TimeSpan.FromMilliseconds(asked)), used: 0, jitter: 0.5, Sample.Step());

        move.ShouldBe(new NextMove.Retry(Now.AddMilliseconds(waits)));
    }

    [Theory]
    [InlineData(FailureKind.Transient)]
    [InlineData(FailureKind.Broken)]
    public void Decide_WhenTheWaitWouldReachTheDeadline_FallsBackNow(FailureKind kind)
    {
        var failure = new AttemptFailure(kind, RetryAfter: Sample.Deadline - Now);

        Decide(failure, 0, 0.5, Sample.Step(), Sample.Step()).ShouldBe(new NextMove.FallBack(1));
        Decide(failure, 0, 0.5, Sample.Step()).ShouldBe(new NextMove.GiveUp());
        Decide(failure with { RetryAfter = Sample.Deadline - Now - TimeSpan.FromTicks(1) }, 0, 0.5, Sample.Step())
            .ShouldBe(new NextMove.Retry(Sample.Deadline.AddTicks(-1)));
    }

    [Fact]
    public void Decide_WhenRateLimitedBeyondTheDeadlineOnTheLastStep_GivesUp()
        => Decide(new(FailureKind.RateLimited, RetryAfter: TimeSpan.FromHours(1)), 0, 0.5, Sample.Step()).ShouldBe(new NextMove.GiveUp());

    [Theory]
    [InlineData(FailureKind.Transient)]
    [InlineData(FailureKind.Broken)]
    [InlineData(FailureKind.RateLimited)]
    public void Decide_WhenTheProviderAsksToWaitBeyondTheCalendar_FallsBackOrGivesUp(FailureKind kind)
    {
        var failure = new AttemptFailure(kind, RetryAfter: TimeSpan.MaxValue);

        Decide(failure, 0, 0.5, Sample.Step(), Sample.Step()).ShouldBe(new NextMove.FallBack(1));
        Decide(failure, 0, 0.5, Sample.Step()).ShouldBe(new NextMove.GiveUp());
    }

    [Theory]
    [InlineData(FailureKind.Transient)]
    [InlineData(FailureKind.RateLimited)]
    public void Decide_WhenTheProviderAsksForAMomentGoneBy_NeverRetriesBeforeNow(FailureKind kind)
    {
        var failure = new AttemptFailure(kind, RetryAfter: TimeSpan.FromSeconds(-30));

        var move = Decide(failure, 0, 0.5, Sample.Step());

        move.ShouldBeOfType<NextMove.Retry>().DueAt.ShouldBeGreaterThanOrEqualTo(Now);
    }

    [Theory]
    [InlineData(FailureKind.TimedOut)]
    [InlineData(FailureKind.Lost)]
    public void Decide_WhenTheStepDoesNotRetryLostCalls_GivesUpThoughAnotherStepIsLeft(FailureKind kind)
        => Decide(new(kind), 0, 0.5, Sample.Step(retryLost: false), Sample.Step()).ShouldBe(new NextMove.GiveUp());

    [Fact]
    public void Decide_WhenStepsLieBehind_NeverGoesBack()
    {
        var slot = new Slot { Index = 0, Step = 1, RetriesUsed = 2 };

        FallbackPolicy.Decide(slot, new(new(FailureKind.Transient), Now, 0), [Sample.Step(), Sample.Step()], Sample.Deadline)
            .ShouldBe(new NextMove.GiveUp());
    }

    [Fact]
    public void FirstUsable_WhenStepsAreSkipped_FindsTheNextThatIsNot()
    {
        ImmutableArray<Step> chain = [Sample.Skipped(), Sample.Step(), Sample.Skipped(), Sample.Step(), Sample.Skipped()];

        Enumerable.Range(0, 6).Select(from => FallbackPolicy.FirstUsable(chain, from)).ShouldBe([1, 1, 3, 3, null, null]);
    }

    private static NextMove Decide(AttemptFailure failure, int used, double jitter, params Step[] chain)
        => FallbackPolicy.Decide(new Slot { Index = 0, Step = 0, RetriesUsed = used }, new(failure, Now, jitter), [.. chain], Sample.Deadline);

    private static NextMove Table(FailureKind kind, bool retry, bool stepLeft)
    {
        NextMove again = new NextMove.Retry(Now.AddSeconds(0.5));
        NextMove after = stepLeft ? new NextMove.FallBack(2) : new NextMove.GiveUp();
        return kind switch
        {
            FailureKind.Transient or FailureKind.Broken => retry ? again : after,
            FailureKind.RateLimited => stepLeft ? after : retry ? again : after,
            FailureKind.Credentials or FailureKind.Quota or FailureKind.InvalidInput or FailureKind.Unsupported => after,
            FailureKind.TimedOut or FailureKind.Lost => retry ? new NextMove.Retry(Now, PossibleDoublePurchase: true) : new NextMove.GiveUp(),
            FailureKind.Refused or FailureKind.Canceled or FailureKind.DeadlineExceeded => new NextMove.GiveUp(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The table has no row for it."),
        };
    }
}
