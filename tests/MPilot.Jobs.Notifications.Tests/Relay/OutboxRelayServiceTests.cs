using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Notifications.Relay;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Relay;

public sealed class OutboxRelayServiceTests
{
    private const int HangGuard = 20_000;

    private readonly World _world = new();
    private readonly OutboxSignal _signal;
    private readonly RecordingFeed _feed = new();

    public OutboxRelayServiceTests() => _signal = new(_feed);

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenRowsWait_PublishesThemInCommitOrderAndDeletesThem()
    {
        var jobs = new[] { await InsertAsync(), await InsertAsync() };
        await CancelAsync(jobs[1]);
        await CancelAsync(jobs[0]);
        var expected = await _world.Store.ReadAsync(100, CancellationToken.None);
        using var relay = await StartAsync(_world.NewProcess());

        var published = await TakeAsync(expected.Count);
        await _world.Store.WhenOutboxIsEmptyAsync();
        await relay.StopAsync(CancellationToken.None);

        published.ShouldBe(expected);
        published.Select(r => r.Id).ShouldBeInOrder();
        published.Where(r => r.Job == jobs[0]).Select(r => r.Event.Sequence).ShouldBeInOrder();
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenManyPagesWait_BringsThemAllOnce()
    {
        for (var i = 0; i < 600; i++)
        {
            await InsertAsync();
        }

        using var relay = await StartAsync(_world.NewProcess());
        var published = await TakeAsync(600);
        await _world.Store.WhenOutboxIsEmptyAsync();
        await relay.StopAsync(CancellationToken.None);

        published.Select(r => r.Id).ShouldBe(Enumerable.Range(1, 600).Select(i => (long)i));
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenSignalled_WakesWithoutTimeGoingBy()
    {
        using var relay = await StartAsync(_world.NewProcess());
        await _world.Time.WhenTimerWithinAsync(OutboxRelayService.IdleInterval);
        var before = _world.Time.GetUtcNow();

        var job = await InsertAsync();
        _signal.Committed(job);

        (await _feed.NextAsync()).Job.ShouldBe(job);
        _world.Time.GetUtcNow().ShouldBe(before);
        await relay.StopAsync(CancellationToken.None);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenNobodySignals_LooksByItself()
    {
        using var relay = await StartAsync(_world.NewProcess());
        await _world.Time.WhenTimerWithinAsync(OutboxRelayService.IdleInterval);
        var job = await InsertAsync();

        var next = _feed.NextAsync();
        await _world.PumpUntilAsync(next);

        (await next).Job.ShouldBe(job);
        await relay.StopAsync(CancellationToken.None);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenTheStoreIsAwayForAWhile_GoesOn()
    {
        var job = await InsertAsync();
        var parts = _world.NewProcess();
        parts.Faults.FailReads(3);
        using var relay = await StartAsync(parts);

        var next = _feed.NextAsync();
        await _world.PumpUntilAsync(next);
        await _world.PumpUntilAsync(_world.Store.WhenOutboxIsEmptyAsync());

        (await next).Job.ShouldBe(job);
        await relay.StopAsync(CancellationToken.None);
    }

    [Theory(Timeout = HangGuard)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Relay_WhenKilledAtTheDeletion_DeliversAtLeastOnce(bool afterCommit)
    {
        await InsertAsync();
        var expected = await _world.Store.ReadAsync(100, CancellationToken.None);
        var faults = Faults.KilledAt(1, afterCommit);
        using var killed = await StartAsync(_world.NewProcess(faults));
        (await TakeAsync(1)).ShouldBe(expected);
        await faults.Happened;
        await killed.StopAsync(CancellationToken.None);

        using var next = await StartAsync(_world.NewProcess());
        await (afterCommit ? Task.CompletedTask : ShouldComeAgainAsync(expected));
        await _world.Store.WhenOutboxIsEmptyAsync();
        await next.StopAsync(CancellationToken.None);
    }

    private async Task ShouldComeAgainAsync(IReadOnlyList<OutboxRow> expected) => (await TakeAsync(expected.Count)).ShouldBe(expected);

    private async Task<OutboxRelayService> StartAsync(ProcessParts parts)
    {
        var relay = new OutboxRelayService(parts.Store, _signal, _feed, _world.Time, NullLogger<OutboxRelayService>.Instance);
        await relay.StartAsync(CancellationToken.None);
        return relay;
    }

    private async Task<List<OutboxRow>> TakeAsync(int count)
    {
        var rows = new List<OutboxRow>();
        while (rows.Count < count)
        {
            rows.Add(await _feed.NextAsync());
        }

        return rows;
    }

    private async Task<string> InsertAsync()
    {
        var accept = JobTransitions.Accept((await _world.SubmissionAsync()).Job);
        await _world.Store.InsertAsync(new(accept.State, accept.Events, null, []), CancellationToken.None);
        return accept.State.Id;
    }

    private async Task CancelAsync(string job)
    {
        var canceled = JobTransitions.Apply(_world.Store.Job(job), new JobFact.CancelRequested(_world.Time.GetUtcNow()));
        await _world.Store.SaveAsync(new(canceled.State, canceled.Events, [], null), CancellationToken.None);
    }
}
