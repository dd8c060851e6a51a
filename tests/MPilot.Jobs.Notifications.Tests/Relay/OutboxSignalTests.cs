using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Notifications.Live;
using MPilot.Jobs.Notifications.Relay;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Relay;

/// <summary>Who is woken by a commit.</summary>
public sealed class OutboxSignalTests
{
    private readonly LiveFeed _feed = new();
    private readonly AnnouncedTopics _others = new();
    private readonly OutboxSignal _signal;

    public OutboxSignalTests() => _signal = new(_feed, _others);

    [Fact]
    public void Committed_WhenAJobAndItsTenantAreListenedTo_WakesBothAndNobodyElse()
    {
        using var job = _feed.Subscribe("job_1");
        using var tenant = _feed.Subscribe(TenantTopic.Of("shop"));
        using var otherJob = _feed.Subscribe("job_2");
        using var otherTenant = _feed.Subscribe(TenantTopic.Of("studio"));

        _signal.Committed("shop", "job_1");

        new[] { job, tenant, otherJob, otherTenant }.Select(s => s.WaitAsync(CancellationToken.None).IsCompleted).ShouldBe([true, true, false, false]);
    }

    [Fact]
    public void Committed_WhenThereAreOtherNodes_TellsThemOfBoth()
    {
        _signal.Committed("shop", "job_1");

        _others.All.ShouldBe(["job_1", TenantTopic.Of("shop")]);
    }

    private sealed class AnnouncedTopics : IStoreHints
    {
        public List<string> All { get; } = [];

        public bool AreHeard => true;

        public void Announce(string job) => All.Add(job);
    }
}
