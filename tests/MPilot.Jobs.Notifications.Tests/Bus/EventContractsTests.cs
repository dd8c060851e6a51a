using MPilot.Jobs.Contracts;
using MPilot.Jobs.Notifications.Tests.Support;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Bus;

public sealed class EventContractsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Of_WhenThereAreMoreKinds_KnowsThemAll()
    {
        SampleEvents.Events.Select(e => e.GetType()).Distinct().ShouldBe(typeof(Domain.Jobs.JobEvent).GetNestedTypes(), ignoreOrder: true);
        var contracts = SampleEvents.Contracts(_time);
        SampleEvents.Rows.Select(r => contracts.Of(r).GetType()).Distinct()
            .ShouldBe(typeof(JobEvent).Assembly.GetTypes().Where(t => t.BaseType == typeof(JobEvent)), ignoreOrder: true);
    }

    [Fact]
    public void Of_WhenSaidAgainLater_IsTheSameButForLinksThatHaveExpired()
    {
        var first = SampleEvents.Rows.Select(SampleEvents.Contracts(_time).Of).ToList();

        SampleEvents.Rows.Select(SampleEvents.Contracts(_time).Of).ShouldBe(first);
        _time.Advance(TimeSpan.FromDays(3));
        var late = SampleEvents.Rows.Select(SampleEvents.Contracts(_time).Of).ToList();

        late.OfType<JobPictureCompleted>().Single().Picture!.Url.ShouldBeNull();
        late.Select(e => e.EventId).ShouldBe(first.Select(e => e.EventId));
    }

    [Fact]
    public void Of_WhenThePromptIsKnown_NeverSaysIt()
        => SampleEvents.Rows.Select(SampleEvents.Contracts(_time).Of).ShouldAllBe(said => !said.ToString()!.Contains("a prompt"));
}
