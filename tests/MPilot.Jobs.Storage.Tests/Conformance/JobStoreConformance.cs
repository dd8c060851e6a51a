using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Json;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Conformance;

public abstract class JobStoreConformance : StoreConformance
{
    [Fact]
    public async Task FindAsync_WhenInserted_ReadsTheSameState()
    {
        var state = await Jobs.AcceptedAsync(NewJob(count: 3) with { Metadata = Enumerable.Range(0, 9).ToImmutableDictionaryOfTexts() });

        var found = await Jobs.FindAsync(Tenant, state.Id, default);

        JobStateJson.Write(found!).ShouldBe(JobStateJson.Write(state));
    }

    [Fact]
    public async Task FindAsync_WhenOfAnotherTenant_FindsNothing()
    {
        var state = await Jobs.AcceptedAsync(NewJob("shop-a"));

        (await Jobs.FindAsync("shop-b", state.Id, default)).ShouldBeNull();
        (await Jobs.FindAsync("shop-a", state.Id, default)).ShouldNotBeNull();
        (await Jobs.LoadAsync(state.Id, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task LoadAsync_WhenUnknown_IsNull() => (await Jobs.LoadAsync("job_nowhere", default)).ShouldBeNull();

    [Fact]
    public async Task InsertAsync_WhenTheIdIsTaken_ConflictsAndChangesNothing()
    {
        var job = NewJob();
        await Jobs.AcceptedAsync(job);

        await Should.ThrowAsync<VersionConflictException>(() => Jobs.InsertAsync(Accept(job with { ModelRequested = "other" }), default));

        (await Jobs.LoadAsync(job.Id, default))!.ModelRequested.ShouldBe("gpt-image-1.5");
        (await ReadOutboxAsync(10)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task SaveAsync_WhenNext_IsRead()
    {
        var state = await Jobs.AcceptedAsync(NewJob());

        var sent = await Jobs.ToldAsync(state, Sending());

        JobStateJson.Write((await Jobs.LoadAsync(state.Id, default))!).ShouldBe(JobStateJson.Write(sent));
    }

    [Fact]
    public async Task SaveAsync_WhenTheVersionIsNotNext_ConflictsAndWritesNothing()
    {
        var state = await Jobs.AcceptedAsync(NewJob());
        var sent = await Jobs.ToldAsync(state, Sending());

        await Should.ThrowAsync<VersionConflictException>(() => Jobs.SaveAsync(Save(state, Cancel()), default));
        await Should.ThrowAsync<VersionConflictException>(
            () => Jobs.SaveAsync(Save(sent with { Version = sent.Version + 1 }, Accepted()), default));

        (await Jobs.LoadAsync(state.Id, default))!.CancelRequested.ShouldBeFalse();
        (await Jobs.ReadEventsAsync(state.Id, 0, 100, default)).Count.ShouldBe(2);
        (await ReadOutboxAsync(100)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task SaveAsync_WhenTheJobIsUnknown_Conflicts()
        => await Should.ThrowAsync<VersionConflictException>(() => Jobs.SaveAsync(Save(Accept(NewJob()).State, Sending()), default));

    [Fact]
    public async Task SaveAsync_WhenOneOfAHundredConflicts_FailsAlone()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Jobs.AcceptedAsync(NewJob())));
        var stale = states[41] with { Version = 7 };

        var saves = states.Select(s => Jobs.SaveAsync(Save(s == states[41] ? stale : s, Sending()), default)).ToList();

        await Should.ThrowAsync<VersionConflictException>(saves[41]);
        saves.RemoveAt(41);
        await Task.WhenAll(saves);
        var stored = await Task.WhenAll(states.Select(s => Jobs.LoadAsync(s.Id, default)));
        stored.Count(s => s!.Version == 2).ShouldBe(99);
        stored[41]!.Version.ShouldBe(1);
        (await ReadOutboxAsync(1000)).Count.ShouldBe(100 + 99);
    }

    [Fact]
    public async Task SaveAsync_WhenManyRaceForOneVersion_OneWins()
    {
        var state = await Jobs.AcceptedAsync(NewJob());

        var saves = Enumerable.Range(0, 20).Select(i => Jobs.SaveAsync(Save(state, Sending(epoch: i)), default)).ToList();
        await Task.WhenAll(saves.Select(s => s.ContinueWith(_ => { }, TaskScheduler.Default)));

        saves.Count(s => s.IsCompletedSuccessfully).ShouldBe(1);
        saves.Where(s => s.IsFaulted).ShouldAllBe(s => s.Exception!.InnerException is VersionConflictException);
        (await Jobs.ReadEventsAsync(state.Id, 0, 100, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task ReadEventsAsync_WhenAskedAfterASequence_GoesOnFromThere()
    {
        var state = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));

        var all = await Jobs.ReadEventsAsync(state.Id, 0, 100, default);
        var some = await Jobs.ReadEventsAsync(state.Id, 1, 2, default);

        all.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, (int)state.LastEvent).Select(i => (long)i));
        all[0].ShouldBe(new JobEvent.Accepted(1, Start));
        all[^1].ShouldBe(new JobEvent.Finalized(state.LastEvent, Start.AddSeconds(3), JobStatus.Succeeded, null));
        some.ShouldBe(all.Skip(1).Take(2));
    }

    [Fact]
    public async Task ListUnfinishedAsync_WhenPaged_NamesEveryOpenJobOnceInAcceptOrder()
    {
        var open = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            open.Add((await Jobs.AcceptedAsync(NewJob())).Id);
            await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        }

        var first = await Jobs.ListUnfinishedAsync(null, 3, default);
        var second = await Jobs.ListUnfinishedAsync(first[^1], 3, default);

        first.Concat(second).ShouldBe(open);
    }

    [Fact]
    public async Task ListDueAsync_WhenTimesHaveCome_NamesThemEarliestFirst()
    {
        var late = await Jobs.AcceptedAsync(NewJob() with { Deadline = Start.AddSeconds(20) });
        var early = await Jobs.AcceptedAsync(NewJob() with { Deadline = Start.AddSeconds(10) });
        await Jobs.AcceptedAsync(NewJob() with { Deadline = Start.AddSeconds(30) });
        await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));

        (await Jobs.ListDueAsync(Start.AddSeconds(9), 10, default)).ShouldBeEmpty();
        (await Jobs.ListDueAsync(Start.AddSeconds(20), 10, default)).ShouldBe([early.Id, late.Id]);
        (await Jobs.ListDueAsync(Start.AddSeconds(20), 1, default)).ShouldBe([early.Id]);
    }

    [Fact]
    public async Task ListDueAsync_WhenARetryWaits_IsNotBeforeItsFractionOfAMillisecond()
    {
        var state = await Jobs.AcceptedAsync(NewJob());
        state = await Jobs.ToldAsync(state, Sending());
        state = await Jobs.ToldAsync(state, Failed(FailureKind.Transient, jitter: 0.50001));
        var due = state.DueAt!.Value;
        var floor = new DateTimeOffset(due.Ticks - (due.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        floor.ShouldBeLessThan(due);

        (await Jobs.ListDueAsync(floor, 10, default)).ShouldBeEmpty();
        (await Jobs.ListDueAsync(floor.AddMilliseconds(1), 10, default)).ShouldBe([state.Id]);
    }

    [Fact]
    public async Task ListOrphanedAsync_WhenSomebodyTookOver_NamesWhatWasInFlight()
    {
        var alive = await Nodes.RegisterAsync("alive", Start.AddSeconds(60), expireOthers: false, default);
        var dying = await Nodes.RegisterAsync("dying", Start.AddSeconds(10), expireOthers: false, default);
        await Jobs.AcceptedAsync(NewJob());
        await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending(node: "alive", epoch: alive));
        var sent = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending(node: "dying", epoch: dying));
        var taken = await Jobs.ToldAsync(await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending(node: "dying", epoch: dying)), Accepted());
        var ended = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending(node: "dying", epoch: dying));
        await Jobs.ToldAsync(ended, Succeeded());

        (await Jobs.ListOrphanedAsync(null, 10, default)).ShouldBeEmpty();
        await Nodes.TakeOverAsync(Start.AddSeconds(10), default);
        (await Jobs.ListOrphanedAsync(null, 10, default)).ShouldBe([new(sent.Id, 1, dying), new(taken.Id, 1, dying)]);
        (await Jobs.ListOrphanedAsync(null, 1, default)).ShouldBe([new(sent.Id, 1, dying)]);
        (await Jobs.ListOrphanedAsync(new(sent.Id, 1, dying), 10, default)).ShouldBe([new(taken.Id, 1, dying)]);
    }

    [Fact]
    public async Task ListOrphanedAsync_WhenTheNodeCameBackUnderANewEpoch_NamesTheOldOnes()
    {
        var old = await Nodes.RegisterAsync("node-1", Start.AddSeconds(60), expireOthers: false, default);
        var state = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob()), Sending(epoch: old));

        await Nodes.RegisterAsync("node-1", Start.AddSeconds(60), expireOthers: false, default);

        (await Jobs.ListOrphanedAsync(null, 10, default)).ShouldBe([new(state.Id, 1, old)]);
    }

    [Fact]
    public async Task ListOrphanedAsync_WhenTheNodeWasNeverRegistered_NamesItsAttempts()
    {
        var state = await Jobs.ToldAsync(await Jobs.AcceptedAsync(NewJob(count: 2)), Sending(attempt: 2, epoch: 99));

        (await Jobs.ListOrphanedAsync(null, 10, default)).ShouldBe([new(state.Id, 2, 99)]);
    }

    [Fact]
    public async Task PruneAsync_WhenRun_DeletesWhatIsOldAndDelivered()
    {
        var old = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        var open = await Jobs.AcceptedAsync(NewJob(), new("key", "print", Start.AddSeconds(5)));
        await DeliverAllAsync();
        var fresh = await Jobs.FinishedAsync(NewJob(at: Start.AddDays(1)), Start.AddDays(1));

        var gone = await Jobs.PruneAsync(Start.AddSeconds(5), Start.AddHours(1), Start.AddHours(1), 100, default);

        gone.ShouldBe(1 + (int)old.LastEvent + 1 + 1, "the key, the events of both old jobs, one job");
        (await Jobs.LoadAsync(old.Id, default)).ShouldBeNull();
        (await Jobs.LoadAsync(open.Id, default)).ShouldNotBeNull();
        (await Jobs.LoadAsync(fresh.Id, default)).ShouldNotBeNull();
        (await Jobs.ReadEventsAsync(open.Id, 0, 10, default)).ShouldBeEmpty();
        (await Jobs.PruneAsync(Start.AddSeconds(5), Start.AddHours(1), Start.AddHours(1), 100, default)).ShouldBe(0);
    }

    [Fact]
    public async Task PruneAsync_WhenEventsAreNotDelivered_KeepsThemAndTheirJob()
    {
        var old = await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));

        (await Jobs.PruneAsync(Start.AddDays(99), Start.AddDays(99), Start.AddDays(99), 100, default)).ShouldBe(0);

        (await Jobs.LoadAsync(old.Id, default)).ShouldNotBeNull();
        (await ReadOutboxAsync(100)).Count.ShouldBe((int)old.LastEvent);
    }

    [Fact]
    public async Task PruneAsync_WhenLimited_TakesNoMoreOfEach()
    {
        for (var i = 0; i < 3; i++)
        {
            await Jobs.FinishedAsync(NewJob(), Start.AddSeconds(3));
        }

        await DeliverAllAsync();

        (await Jobs.PruneAsync(Start, Start, Start.AddDays(99), 2, default)).ShouldBe(2);
        (await Jobs.PruneAsync(Start, Start, Start.AddDays(99), 2, default)).ShouldBe(1);
    }

    private async Task DeliverAllAsync()
        => await Outbox.DeleteAsync([.. (await ReadOutboxAsync(1000)).Select(r => r.Id)], default);
}
