using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Notifications.Bus;
using MPilot.Jobs.Notifications.Hints;
using MPilot.Jobs.Notifications.Live;
using MPilot.Jobs.Notifications.Tests.Support;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.RabbitMq;

/// <summary>Two nodes of one service on a real RabbitMQ.</summary>
[Collection(RabbitCollection.Name)]
public sealed class BusHintsTests : IAsyncLifetime
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(90);
    private RabbitServer _server = null!;
    private Node _here = null!;
    private Node _there = null!;

    public async Task InitializeAsync()
    {
        _server = await RabbitServer.SharedAsync();
        _here = await Node.StartAsync(_server, "node_here");
        _there = await Node.StartAsync(_server, "node_there");
        SpinWait.SpinUntil(() => _here.Hints.AreHeard && _there.Hints.AreHeard, _patience).ShouldBeTrue();
    }

    public async Task DisposeAsync()
    {
        await _here.StopAsync();
        await _there.StopAsync();
    }

    [Fact]
    public async Task Announce_WhenAnotherNodeListensToTheJob_WakesItThereAndNotHere()
    {
        using var here = Subscribe(_here);
        using var there = Subscribe(_there);
        using var otherJob = _there.Feed.Subscribe("job_2");
        _there.Feed.HintAll();
        await otherJob.WaitAsync(CancellationToken.None);
        await there.WaitAsync(CancellationToken.None);

        _here.Hints.Announce("job_1");

        await there.WaitAsync(CancellationToken.None).WaitAsync(_patience);
        here.WaitAsync(CancellationToken.None).IsCompleted.ShouldBeFalse();
        otherJob.WaitAsync(CancellationToken.None).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task AreHeard_WhenTheServerGoesAndComes_FollowsAndWakesWhoWaits()
    {
        using var there = Subscribe(_there);

        await _server.StopAsync();
        await there.WaitAsync(CancellationToken.None).WaitAsync(_patience);
        _there.Hints.AreHeard.ShouldBeFalse();
        _here.Hints.Announce("job_1");

        await _server.ResumeAsync();
        await there.WaitAsync(CancellationToken.None).WaitAsync(_patience);
        SpinWait.SpinUntil(() => _here.Hints.AreHeard && _there.Hints.AreHeard, _patience).ShouldBeTrue();

        _here.Hints.Announce("job_1");
        await there.WaitAsync(CancellationToken.None).WaitAsync(_patience);
    }

    private static IJobSubscription Subscribe(Node node) => node.Feed.Subscribe("job_1");

    private sealed record Node(LiveFeed Feed, EventBus Bus, BusHints Hints)
    {
        public static async Task<Node> StartAsync(RabbitServer server, string name)
        {
            var (feed, identity) = (new LiveFeed(), new NodeIdentity(name));
            var endpoint = new HintsEndpoint(feed, identity, new ManualTime(), NullLogger<HintsEndpoint>.Instance);
            var bus = new EventBus(
                new() { Kind = EventBus.RabbitMq, Uri = server.Address }, SampleEvents.Contracts(new ManualTime()), new RecordingLifetime(), TimeProvider.System,
                NullLogger<EventBus>.Instance, endpoint);
            var hints = new BusHints(bus, endpoint, identity, TimeProvider.System, NullLogger<BusHints>.Instance);
            await bus.StartAsync(CancellationToken.None);
            await hints.StartAsync(CancellationToken.None);
            return new(feed, bus, hints);
        }

        public async Task StopAsync()
        {
            await Hints.StopAsync(CancellationToken.None);
            await Bus.StopAsync(CancellationToken.None);
            Hints.Dispose();
            Bus.Dispose();
        }
    }
}
