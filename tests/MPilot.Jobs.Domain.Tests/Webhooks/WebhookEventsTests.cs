using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Webhooks;

public sealed class WebhookEventsTests
{
    private static readonly DateTimeOffset At = new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero);

    [Fact]
    public void All_WhenRead_AreTheNamesReceiversKnow()
        => WebhookEvents.All.ShouldBe(
        [
            "job.accepted", "job.attempt_started", "job.attempt_finished", "image_edit.completed", "image_edit.failed", "job.cancel_requested",
            "job.succeeded", "job.failed", "job.canceled", "job.output_delivered", "job.output_failed", "webhook.exhausted",
        ]);

    /// <summary>Streams and webhooks call an event by one name; only the end of a job says here how it ended, and previews are not told.</summary>
    [Fact]
    public void All_WhenHeldAgainstTheEventsOfJobs_LackNone()
    {
        var stored = typeof(JobEvent).GetCustomAttributes(inherit: false).OfType<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!);

        stored.Except(WebhookEvents.All).ShouldBe(["image_edit.partial_image", "job.finalized"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(JobStatus.Succeeded, "job.succeeded")]
    [InlineData(JobStatus.Failed, "job.failed")]
    [InlineData(JobStatus.Canceled, "job.canceled")]
    public void Of_WhenAJobEnds_SaysHow(JobStatus status, string name)
    {
        WebhookEvents.Of(new JobEvent.Finalized(9, At, status, null)).ShouldBe(name);
        WebhookEvents.IsEnd(name).ShouldBeTrue();
    }

    [Fact]
    public void IsForUrls_WhenAsked_IsForWhatARequestWaitsFor()
        => WebhookEvents.All.Where(WebhookEvents.IsForUrls).ShouldBe(["job.succeeded", "job.failed", "job.canceled", "job.output_delivered", "job.output_failed"]);

    [Fact]
    public void Of_WhenItIsNoEnd_IsNone()
    {
        WebhookEvents.Of(new JobEvent.CancelRequested(2, At)).ShouldBe("job.cancel_requested");
        WebhookEvents.IsEnd("job.cancel_requested").ShouldBeFalse();
    }
}
