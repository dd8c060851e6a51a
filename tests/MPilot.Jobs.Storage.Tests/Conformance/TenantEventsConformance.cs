using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

/// <summary>What happens to all jobs of a tenant.</summary>
public abstract class TenantEventsConformance : StoreConformance
{
    private const long Oldest = long.MinValue;

    [Fact]
    public async Task ReadAsync_WhenJobsMoveOnAtTheSameTime_HasEveryFactOnceAndThoseOfAJobInOrder()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3))));

        var all = await AllAsync(Tenant, pageSize: 7);

        all.Select(e => e.Position).ShouldBeInOrder();
        all.Select(e => e.Position).ShouldBeUnique();
        all.Select(e => e.Job).Distinct().Count().ShouldBe(states.Length);
        foreach (var state in states)
        {
            var own = await Jobs.ReadEventsAsync(state.Id, 0, 100, default);
            own.ShouldContain(e => e.IsAboutPicture);
            all.Where(e => e.Job == state.Id).Select(e => e.Event).ShouldBe(own.Where(e => !e.IsAboutPicture));
        }
    }

    [Fact]
    public async Task ReadAsync_WhenOthersHaveJobs_HasNothingOfThem()
    {
        var own = await Jobs.FinishedAsync(NewJob("shop-a"), Start.AddSeconds(3));
        await Jobs.FinishedAsync(NewJob("shop-b"), Start.AddSeconds(3));

        (await AllAsync("shop-a", pageSize: 100)).ShouldAllBe(e => e.Job == own.Id);
        (await AllAsync("shop", pageSize: 100)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadAsync_WhenATransitionTellsSeveralThings_CanBeCutBetweenThem()
    {
        var state = await Jobs.AcceptedAsync(NewJob());
        await Jobs.ToldAsync(state, Cancel());

        (await AllAsync(Tenant, pageSize: 1)).Select(e => e.Event.Sequence).ShouldBe([1, 2, 4]);
    }

    [Fact]
    public async Task ReadAsync_WhenTheyAreDelivered_StillHasThem()
    {
        await Jobs.AcceptedAsync(NewJob());
        await Outbox.DeleteAsync([.. (await ReadOutboxAsync(10)).Select(r => r.Id)], default);

        (await AllAsync(Tenant, pageSize: 10)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ReadAsync_WhenWhatFollowsIsPruned_GoesOnWithTheOldestThatIsKept()
    {
        var begin = await TenantEvents.FindEndAsync(default);
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        await Outbox.DeleteAsync([.. (await ReadOutboxAsync(100)).Select(r => r.Id)], default);
        await Jobs.PruneAsync(Start, Start.AddDays(1), Start, 100, default);
        var kept = await Jobs.AcceptedAsync(NewJob(at: Start.AddDays(2)));

        (await TenantEvents.ReadAsync(Tenant, begin, 10, default)).Events.ShouldHaveSingleItem().Job.ShouldBe(kept.Id);
    }

    [Fact]
    public async Task FindEndAsync_WhenAsked_IsAfterWhatIsThereAndBeforeWhatComes()
    {
        (await TenantEvents.ReadAsync(Tenant, await TenantEvents.FindEndAsync(default), 10, default)).Events.ShouldBeEmpty();
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        await Outbox.DeleteAsync([.. (await ReadOutboxAsync(100)).Select(r => r.Id)], default);
        var end = await TenantEvents.FindEndAsync(default);
        (await TenantEvents.ReadAsync(Tenant, end, 10, default)).Events.ShouldBeEmpty();

        var next = await Jobs.AcceptedAsync(NewJob());

        (await TenantEvents.ReadAsync(Tenant, end, 10, default)).Events.ShouldHaveSingleItem().Job.ShouldBe(next.Id);
        (await TenantEvents.ReadAsync(Tenant, await TenantEvents.FindEndAsync(default), 10, default)).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadAsync_WhenASaveIsRefused_HasNothingOfIt()
    {
        var state = await Jobs.AcceptedAsync(NewJob());
        await Jobs.ToldAsync(state, Sending());

        await Should.ThrowAsync<VersionConflictException>(() => Jobs.SaveAsync(Save(state, Cancel()), default));

        (await AllAsync(Tenant, pageSize: 10)).Select(e => e.Event.Sequence).ShouldBe([1, 2]);
    }

    protected async Task<List<TenantEvent>> AllAsync(string tenant, int pageSize)
    {
        var all = new List<TenantEvent>();
        while (await TenantEvents.ReadAsync(tenant, all.Count > 0 ? all[^1].Position : Oldest, pageSize, default) is { Events.IsEmpty: false } page)
        {
            page.IsHeldBack.ShouldBeFalse();
            page.Events.Length.ShouldBeLessThanOrEqualTo(pageSize);
            all.AddRange(page.Events);
        }

        return all;
    }
}
