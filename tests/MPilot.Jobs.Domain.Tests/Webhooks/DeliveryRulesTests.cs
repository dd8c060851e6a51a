using MPilot.Jobs.Domain.Webhooks;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Webhooks;

public sealed class DeliveryRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero);

    [Fact]
    public void After_WhenEveryTryFails_KeepsTheScheduleThenGivesUp()
    {
        var waits = Enumerable.Range(1, 8).Select(tries => After(tries, DeliveryOutcome.Rejected, 500)).ToList();

        waits.Take(7).Select(m => m.DueAt - Start).ShouldBe(
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
            TimeSpan.FromHours(10),
        ]);
        waits.Take(7).ShouldAllBe(m => m.Status == DeliveryStatus.Pending);
        waits[7].ShouldBe(new(DeliveryStatus.Exhausted));
    }

    [Fact]
    public void After_WhenThereIsJitter_IsLaterByUpToATenthAndNeverEarlier()
        => new[] { 0, 0.5, 0.999 }.Select(jitter => (After(2, DeliveryOutcome.TimedOut, null, jitter: jitter).DueAt - Start)!.Value.TotalSeconds)
            .ShouldBe([300, 315, 329.97], 0.001);

    [Theory]
    [InlineData(1, 60, 60)]
    [InlineData(1, 2, 5)]
    [InlineData(4, 60, 7200)]
    public void After_WhenTheReceiverAsksToWait_WaitsAtLeastThatLong(int tries, int asked, int expected)
        => (After(tries, DeliveryOutcome.Rejected, 503, TimeSpan.FromSeconds(asked)).DueAt - Start).ShouldBe(TimeSpan.FromSeconds(expected));

    [Fact]
    public void After_WhenTheTryTookTime_CountsFromItsEnd()
        => DeliveryRules.After(1, new(Start, TimeSpan.FromSeconds(15), DeliveryOutcome.TimedOut), DeliveryRules.StandardSchedule, 0).DueAt
            .ShouldBe(Start.AddSeconds(20));

    [Theory]
    [InlineData(DeliveryOutcome.Accepted, DeliveryStatus.Delivered, false)]
    [InlineData(DeliveryOutcome.Gone, DeliveryStatus.Discarded, true)]
    [InlineData(DeliveryOutcome.EndpointDisabled, DeliveryStatus.Discarded, false)]
    [InlineData(DeliveryOutcome.EndpointDeleted, DeliveryStatus.Discarded, false)]
    [InlineData(DeliveryOutcome.SecretGone, DeliveryStatus.Discarded, false)]
    [InlineData(DeliveryOutcome.SubjectGone, DeliveryStatus.Discarded, false)]
    public void After_WhenThereIsNothingMoreToTry_IsFinal(DeliveryOutcome outcome, DeliveryStatus status, bool disables)
        => After(1, outcome, null).ShouldBe(new(status, DisablesEndpoint: disables));

    [Fact]
    public void After_WhenTheOutcomeIsAnyOther_IsTriedAgain()
    {
        var tried = Enum.GetValues<DeliveryOutcome>().Where(o => After(1, o, 500).Status == DeliveryStatus.Pending);

        tried.ShouldBe(
        [
            DeliveryOutcome.Rejected, DeliveryOutcome.Redirected, DeliveryOutcome.TimedOut, DeliveryOutcome.Unreachable, DeliveryOutcome.TlsFailed,
            DeliveryOutcome.AddressRefused, DeliveryOutcome.ReceiverFailing, DeliveryOutcome.Faulted,
        ]);
    }

    [Theory]
    [InlineData(DeliveryOutcome.Accepted, 200, true)]
    [InlineData(DeliveryOutcome.Rejected, 404, true)]
    [InlineData(DeliveryOutcome.Redirected, 302, true)]
    [InlineData(DeliveryOutcome.Gone, 410, true)]
    [InlineData(DeliveryOutcome.Rejected, 500, false)]
    [InlineData(DeliveryOutcome.Rejected, 429, false)]
    [InlineData(DeliveryOutcome.Rejected, 408, false)]
    [InlineData(DeliveryOutcome.TimedOut, null, false)]
    [InlineData(DeliveryOutcome.Unreachable, null, false)]
    [InlineData(DeliveryOutcome.TlsFailed, null, false)]
    [InlineData(DeliveryOutcome.AddressRefused, null, false)]
    [InlineData(DeliveryOutcome.ReceiverFailing, null, null)]
    [InlineData(DeliveryOutcome.SubjectGone, null, null)]
    [InlineData(DeliveryOutcome.Faulted, null, null)]
    public void ShowsHealth_WhenTheReceiverAnswersForItself_SaysSo(DeliveryOutcome outcome, int? status, bool? expected)
        => new DeliveryTry(Start, TimeSpan.Zero, outcome, status).ShowsHealth.ShouldBe(expected);

    private static DeliveryMove After(int tries, DeliveryOutcome outcome, int? status, TimeSpan? retryAfter = null, double jitter = 0)
        => DeliveryRules.After(tries, new(Start, TimeSpan.Zero, outcome, status, retryAfter), DeliveryRules.StandardSchedule, jitter);
}
