using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Webhooks;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Buckets;

public sealed class BucketRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero);

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    [Fact]
    public void StandardSchedule_WhenEveryTryFails_EndsWithinAnHour()
    {
        var waits = Enumerable.Range(1, 6).Select(tries => DeliveryRules.Wait(tries, null, BucketRules.StandardSchedule, jitter: 0)).ToList();

        waits.ShouldBe([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), null]);
        BucketRules.StandardSchedule.Aggregate(TimeSpan.Zero, (sum, wait) => sum + (wait * (1 + DeliveryRules.Jitter))).ShouldBeLessThan(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(599)]
    [InlineData(429)]
    [InlineData(408)]
    public void After_WhenTheServerMayRecover_IsTriedAgain(int status)
        => After(DeliveryOutcome.Rejected, status).ShouldBe(new(BucketPutStatus.Pending, Start + Wait));

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(411)]
    [InlineData(499)]
    public void After_WhenTheCallIsWrong_IsGivenUp(int status) => After(DeliveryOutcome.Rejected, status).ShouldBe(new(BucketPutStatus.Failed));

    [Fact]
    public void After_WhenNoAnswerSaysMore_TriesWhatMayPass()
        => Enum.GetValues<DeliveryOutcome>().Where(o => After(o).Status == BucketPutStatus.Pending).ShouldBe(
            [
                DeliveryOutcome.TimedOut, DeliveryOutcome.Unreachable, DeliveryOutcome.TlsFailed, DeliveryOutcome.ReceiverFailing, DeliveryOutcome.Faulted,
            ],
            ignoreOrder: true);

    [Fact]
    public void After_WhenItArrived_IsDelivered() => After(DeliveryOutcome.Accepted, 201).ShouldBe(new(BucketPutStatus.Delivered));

    [Fact]
    public void After_WhenTheScheduleIsOver_IsGivenUp()
        => BucketRules.After(Tried(DeliveryOutcome.TimedOut), next: null, until: null).ShouldBe(new(BucketPutStatus.Failed));

    [Theory]
    [InlineData(29, BucketPutStatus.Failed)]
    [InlineData(30, BucketPutStatus.Failed)]
    [InlineData(31, BucketPutStatus.Pending)]
    public void After_WhenThePictureGoesBeforeTheNextTry_IsGivenUp(int seconds, BucketPutStatus status)
        => BucketRules.After(Tried(DeliveryOutcome.TimedOut), Wait, Start.AddSeconds(seconds)).Status.ShouldBe(status);

    private static BucketMove After(DeliveryOutcome outcome, int? status = null) => BucketRules.After(Tried(outcome, status), Wait, until: null);

    private static DeliveryTry Tried(DeliveryOutcome outcome, int? status = null) => new(Start.AddSeconds(-2), TimeSpan.FromSeconds(2), outcome, status);
}
