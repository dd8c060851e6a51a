using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

public abstract class OutboxConformance : StoreConformance
{
    [Fact]
    public async Task ReadAsync_WhenJobsMoveOn_HasEveryEventInOrder()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Jobs.FinishedAsync(NewJob("shop-a"), Start.AddSeconds(3))));

        var rows = await Outbox.ReadAsync(1000, default);

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

        var row = (await Outbox.ReadAsync(1, default)).ShouldHaveSingleItem();

        row.Job.ShouldBe(first.Id);
        row.Event.ShouldBe(new JobEvent.Accepted(1, Start));
    }

    [Fact]
    public async Task DeleteAsync_WhenDelivered_RemovesTheseAloneAndKeepsTheEvents()
    {
        var state = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var rows = await Outbox.ReadAsync(100, default);

        await Outbox.DeleteAsync([rows[0].Id, rows[2].Id, 123456], default);

        (await Outbox.ReadAsync(100, default)).Select(r => r.Id).ShouldBe(rows.Select(r => r.Id).Except([rows[0].Id, rows[2].Id]));
        (await Jobs.ReadEventsAsync(state.Id, 0, 100, default)).Count.ShouldBe(rows.Count);
    }

    [Fact]
    public async Task ReadAsync_WhenAllWasDeleted_NeverUsesAnIdAgain()
    {
        await Jobs.AcceptedAsync(NewJob());
        var last = (await Outbox.ReadAsync(1, default))[0].Id;
        await Outbox.DeleteAsync([last], default);

        await Jobs.AcceptedAsync(NewJob());

        (await Outbox.ReadAsync(1, default))[0].Id.ShouldBeGreaterThan(last);
    }

    [Fact]
    public async Task MeasureAsync_WhenEventsWait_TellsHowManyAndSinceWhen()
    {
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var rows = await Outbox.ReadAsync(100, default);
        (await Outbox.MeasureAsync(default)).ShouldBe(new(rows.Count, Start));

        await Outbox.DeleteAsync([.. rows.SkipLast(1).Select(r => r.Id)], default);
        (await Outbox.MeasureAsync(default)).ShouldBe(new(1, rows[^1].Event.At));

        await Outbox.DeleteAsync([rows[^1].Id], default);
        (await Outbox.MeasureAsync(default)).ShouldBe(new(0, null));
    }
}
