using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

public abstract class OutboxConformance : StoreConformance
{
    [Fact]
    public async Task ReadAsync_WhenJobsMoveOn_HasEveryEventInOrder()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Jobs.FinishedAsync(NewJob("shop-a"), Start.AddSeconds(3))));

        var rows = await ReadOutboxAsync(1000);

        rows.Select(r => r.Id).ShouldBeInOrder();
        rows.Select(r => r.Id).ShouldBeUnique();
        rows.ShouldAllBe(r => r.Tenant == "shop-a");
        foreach (var state in states)
        {
            var events = await Jobs.ReadEventsAsync(state.Id, 0, 100, default);
            rows.Where(r => r.Job == state.Id).Select(r => r.Event).ShouldBe(events);
            events.Count.ShouldBe((int)state.LastEvent);
        }
    }

    [Fact]
    public async Task ReadAsync_WhenLimited_HasTheOldest()
    {
        var first = await Jobs.AcceptedAsync(NewJob());
        await Jobs.AcceptedAsync(NewJob());

        var row = (await ReadOutboxAsync(1)).ShouldHaveSingleItem();

        row.Job.ShouldBe(first.Id);
        row.Event.ShouldBe(new JobEvent.Accepted(1, Start));
    }

    [Fact]
    public async Task DeleteAsync_WhenDelivered_RemovesTheseAloneAndKeepsTheEvents()
    {
        var state = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var rows = await ReadOutboxAsync(100);

        await Outbox.DeleteAsync([rows[0].Id, rows[2].Id, 123456], default);

        (await ReadOutboxAsync(100)).Select(r => r.Id).ShouldBe(rows.Select(r => r.Id).Except([rows[0].Id, rows[2].Id]));
        (await Jobs.ReadEventsAsync(state.Id, 0, 100, default)).Count.ShouldBe(rows.Count);
    }

    [Fact]
    public async Task ReadAsync_WhenAllWasDeleted_NeverUsesAnIdAgain()
    {
        await Jobs.AcceptedAsync(NewJob());
        var last = (await ReadOutboxAsync(1))[0].Id;
        await Outbox.DeleteAsync([last], default);

        await Jobs.AcceptedAsync(NewJob());

        (await ReadOutboxAsync(1))[0].Id.ShouldBeGreaterThan(last);
    }

    [Fact]
    public async Task ReadAsync_WhenSomebodyTookOver_HasNothing()
    {
        await Jobs.AcceptedAsync(NewJob());
        var node = await ClaimAsync("node_a", leaseUntil: Start.AddSeconds(10));

        (await Outbox.ReadAsync(node, 10, default)).ShouldHaveSingleItem();
        (await Outbox.ReadAsync(node with { Epoch = node.Epoch + 1 }, 10, default)).ShouldBeEmpty();
        await Nodes.TakeOverAsync(Start.AddSeconds(10), default);
        (await Outbox.ReadAsync(node, 10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ClaimAsync_WhenTheHolderHasDied_GivesAllToTheNext()
    {
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        await ClaimAsync("node_a", leaseUntil: Start.AddSeconds(10));
        var next = await RegisterAsync("node_b", Start.AddHours(1));

        await Nodes.TakeOverAsync(Start.AddSeconds(10), default);
        await Outbox.ClaimAsync(next, default);

        (await Outbox.ReadAsync(next, 100, default)).Count.ShouldBe((int)(await Outbox.MeasureAsync(default)).Depth);
    }

    [Fact]
    public async Task ReleaseAsync_WhenANodeLeaves_TheNextHasAll()
    {
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        await Outbox.ReleaseAsync(await ClaimAsync("node_a", leaseUntil: Start.AddHours(1)), default);

        var next = await ClaimAsync("node_b", leaseUntil: Start.AddHours(1));

        (await Outbox.ReadAsync(next, 100, default)).Count.ShouldBe((int)(await Outbox.MeasureAsync(default)).Depth);
    }

    [Fact]
    public async Task MeasureAsync_WhenEventsWait_TellsHowManyAndSinceWhen()
    {
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var rows = await ReadOutboxAsync(100);
        (await Outbox.MeasureAsync(default)).ShouldBe(new(rows.Count, Start));

        await Outbox.DeleteAsync([.. rows.SkipLast(1).Select(r => r.Id)], default);
        (await Outbox.MeasureAsync(default)).ShouldBe(new(1, rows[^1].Event.At));

        await Outbox.DeleteAsync([rows[^1].Id], default);
        (await Outbox.MeasureAsync(default)).ShouldBe(new(0, null));
    }

    protected async Task<NodeEpoch> RegisterAsync(string name, DateTimeOffset leaseUntil)
        => new(name, await Nodes.RegisterAsync(name, leaseUntil, expireOthers: false, default));

    protected async Task<NodeEpoch> ClaimAsync(string name, DateTimeOffset leaseUntil)
    {
        var node = await RegisterAsync(name, leaseUntil);
        await Outbox.ClaimAsync(node, default);
        return node;
    }
}
