using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Storage.Postgres;
using MPilot.Jobs.Storage.Sql;
using MPilot.Jobs.Storage.Tests.Conformance;
using MPilot.Jobs.Storage.Tests.Samples;

using static MPilot.Jobs.Storage.Tests.Samples.SampleJobs;

namespace MPilot.Jobs.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresTenantEventsTests : TenantEventsConformance
{
    private PostgresStore? _store;

    protected override async Task<StorePorts> OpenAsync() => (_store = await PostgresStore.OpenAsync()).Ports;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_WhenAnEarlierTransactionIsOpen_HoldsBackWhatIsCommittedAfterIt(bool commits)
    {
        var (early, late) = (Accept(NewJob()), Accept(NewJob()));
        var (held, release) = await WriteAndHoldAsync(early);
        var end = await TenantEvents.FindEndAsync(default);
        await Jobs.InsertAsync(late, default);

        var page = await TenantEvents.ReadAsync(Tenant, long.MinValue, 10, default);
        (page.Events.Length, page.IsHeldBack).ShouldBe((0, true));
        (await TenantEvents.FindEndAsync(default)).ShouldBe(end, "whoever begins now must see both");

        release.SetResult(commits);
        await Record.ExceptionAsync(() => held);

        var after = await TenantEvents.ReadAsync(Tenant, end, 10, default);
        after.Events.Select(e => e.Job).ShouldBe(commits ? [early.State.Id, late.State.Id] : [late.State.Id]);
        after.IsHeldBack.ShouldBeFalse();
    }

    [Fact]
    public async Task ReadAsync_WhenAnotherTenantsTransactionIsOpen_HoldsBackAllTheSame()
    {
        var (held, release) = await WriteAndHoldAsync(Accept(NewJob("shop-b")));
        await Jobs.AcceptedAsync(NewJob("shop-a"));
        (await TenantEvents.ReadAsync("shop-a", long.MinValue, 10, default)).IsHeldBack.ShouldBeTrue();
        (await TenantEvents.ReadAsync("shop-c", long.MinValue, 10, default)).IsHeldBack.ShouldBeFalse("it has nothing to wait for");

        release.SetResult(true);
        await held;

        (await TenantEvents.ReadAsync("shop-a", long.MinValue, 10, default)).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ReadAsync_WhileTwoStoresWrite_NeverPassesOverAnEventNorReadsOneTwice()
    {
        var other = await _store!.OpenAnotherAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 80).Select(i => (i % 2 == 0 ? Jobs : other.Jobs).FinishedAsync(NewJob(), Start.AddSeconds(3))));
        var seen = new List<TenantEvent>();
        for (var isLast = false; !isLast;)
        {
            isLast = writing.IsCompleted;
            while (await TenantEvents.ReadAsync(Tenant, seen.Count > 0 ? seen[^1].Position : long.MinValue, 7, default) is { Events.IsEmpty: false } page)
            {
                seen.AddRange(page.Events);
            }
        }

        seen.Select(e => (e.Job, e.Event.Sequence)).ShouldBeUnique();
        foreach (var state in await writing)
        {
            var own = await Jobs.ReadEventsAsync(state.Id, 0, 100, default);
            seen.Where(e => e.Job == state.Id).Select(e => e.Event).ShouldBe(own.Where(e => !e.IsAboutPicture));
        }
    }

    [Fact]
    public async Task ReadAsync_WhenTheDatabaseWasRestoredIntoAnotherServer_HasTheOldEventsFirst()
    {
        var old = new[] { await Jobs.AcceptedAsync(NewJob("shop-a")), await Jobs.AcceptedAsync(NewJob("shop-b")) };
        await ExecuteAsync("UPDATE events SET position = position + (1::bigint << 60)");
        (await TenantEvents.ReadAsync("shop-a", long.MinValue, 10, default)).Events.ShouldBeEmpty("its number is that of a transaction to come");

        var reopened = await _store!.OpenAnotherAsync();
        var fresh = await reopened.Jobs.AcceptedAsync(NewJob("shop-a"));

        var page = await reopened.TenantEvents.ReadAsync("shop-a", long.MinValue, 10, default);
        page.Events.Select(e => e.Job).ShouldBe([old[0].Id, fresh.Id]);
        page.IsHeldBack.ShouldBeFalse();
        (await reopened.TenantEvents.ReadAsync("shop-b", long.MinValue, 10, default)).Events.ShouldHaveSingleItem().Job.ShouldBe(old[1].Id);
    }

    [Fact]
    public async Task ReadAsync_WhenOthersHaveManyEvents_CostsWhatItReturns()
    {
        await FillAsync();

        var plan = await PlanAsync(PostgresText.Statement(PostgresSql.ReadTenantEvents)
            .Replace("$1", "'tenant-3'", StringComparison.Ordinal).Replace("$2", "25000", StringComparison.Ordinal).Replace("$3", "64", StringComparison.Ordinal));

        plan.ShouldContain("Index Scan using events_by_tenant on events");
        plan.ShouldContain("Index Cond: ((tenant = 'tenant-3'::text) AND (\"position\" > 25000))");
        plan.ShouldContain("rows=64 loops=1");
        plan.ShouldNotContain("Filter");
        plan.ShouldNotContain("Sort");
    }

    [Fact]
    public async Task OpenAsync_WhenThereAreManyEvents_LooksAtTheEndOfEachTenantOnly()
    {
        await FillAsync();

        (await PlanAsync(PostgresSql.RebaseEvents)).ShouldNotContain("Seq Scan");
    }

    /// <summary>Events of 20 tenants.</summary>
    private async Task FillAsync()
    {
        await ExecuteAsync("""
            INSERT INTO events (job, sequence, tenant, type, at, body, position)
            SELECT 'job_' || n, 1, 'tenant-' || n % 20, 'job.accepted', n, '{}', n FROM generate_series(1, 50000) n
            """);
        await ExecuteAsync("ANALYZE events");
    }

    private async Task<string> PlanAsync(string sql)
        => string.Join('\n', await _store!.Server.TextsAsync($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {sql}", _store.Name));

    private Task ExecuteAsync(string sql) => _store!.Server.ExecuteAsync(sql, _store.Name);

    /// <summary>Writes a job in a transaction that commits, or does not, when it is released.</summary>
    private async Task<(Task Held, TaskCompletionSource<bool> Release)> WriteAndHoldAsync(JobInsert job)
    {
        var rows = new JobRows(job.State, job.Events);
        var written = new TaskCompletionSource();
        var release = new TaskCompletionSource<bool>();
        var held = _store!.Database.WriteAsync(
            async session =>
            {
                rows.Insert(session).Send();
                rows.WriteAround(session, PostgresSql.InsertOutbox, PostgresSql.InsertPositioned);
                await session.SendAsync();
                written.SetResult();
                return await release.Task ? true : throw new OperationCanceledException("Rolled back.");
            },
            default);
        await written.Task;
        return (held, release);
    }
}
