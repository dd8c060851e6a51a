using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Notifications.Relay;
using MPilot.Jobs.Notifications.Tests.Support;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Relay;

public sealed class OutboxRelayServiceTests
{
    private const int HangGuard = 20_000;

    private readonly World _world = new();
    private readonly OutboxSignal _signal = new(new RecordingFeed());
    private readonly RecordingBus _bus = new();

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenRowsWait_PublishesThoseOfAJobInOrderAndDeletesThem()
    {
        var jobs = new[] { await InsertAsync(), await InsertAsync() };
        await CancelAsync(jobs[1]);
        await CancelAsync(jobs[0]);
        var expected = _world.Store.Outbox;
        using var relay = await StartAsync();

        var published = await _bus.TakeAsync(expected.Length);
        await _world.Store.WhenOutboxIsEmptyAsync();
        await relay.StopAsync(CancellationToken.None);

        published.ShouldBe(expected, ignoreOrder: true);
        foreach (var job in jobs)
        {
            published.Where(r => r.Job == job).ShouldBe(expected.Where(r => r.Job == job));
        }
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenManyPagesWait_BringsThemAllOnce()
    {
        for (var i = 0; i < 600; i++)
        {
            await InsertAsync();
        }

        using var relay = await StartAsync();
        var published = await _bus.TakeAsync(600);
        await _world.Store.WhenOutboxIsEmptyAsync();
        await relay.StopAsync(CancellationToken.None);

        published.Select(r => r.Id).ShouldBe(Enumerable.Range(1, 600).Select(i => (long)i), ignoreOrder: true);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenTheBusIsSlow_HasManyJobsInFlightButOneEventOfEach()
    {
        for (var i = 0; i < 100; i++)
        {
            await CancelAsync(await InsertAsync());
        }

        var count = _world.Store.Outbox.Length;
        var waiting = 0;
        var isFull = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _bus.Before = (_, _) =>
        {
            if (Interlocked.Increment(ref waiting) == 64)
            {
                isFull.SetResult();
            }

            return isFull.Task;
        };
        using var relay = await StartAsync();

        await _bus.TakeAsync(count);
        await relay.StopAsync(CancellationToken.None);

        _bus.MostOfAJob.ShouldBe(1);
        _bus.MostJobs.ShouldBe(64);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenTheBusIsDown_TakesNothingUntilItIsUp()
    {
        _bus.IsUp = false;
        var job = await InsertAsync();
        using var relay = await StartAsync();
        for (var look = 0; look < 5; look++)
        {
            await _world.Time.WhenTimerWithinAsync(OutboxRelayService.IdleInterval);
            _world.Time.Advance(OutboxRelayService.IdleInterval);
        }

        _bus.TryNext(out _).ShouldBeFalse();
        _world.Store.Outbox.Length.ShouldBe(1);
        _bus.IsUp = true;
        var next = _bus.NextAsync();
        await _world.PumpUntilAsync(next);

        (await next).Job.ShouldBe(job);
        await relay.StopAsync(CancellationToken.None);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenTheBusDoesNotTakeAnEvent_LaterOnesOfItsJobWaitAndOthersDoNot()
    {
        var (bad, good) = (await InsertAsync(), await InsertAsync());
        await CancelAsync(bad);
        await CancelAsync(good);
        var ofBad = _world.Store.Outbox.Where(r => r.Job == bad).ToList();
        var ofGood = _world.Store.Outbox.Count(r => r.Job == good);
        _bus.Before = (row, _) => row.Job == bad ? throw new InvalidOperationException("Not taken.") : Task.CompletedTask;
        using var relay = await StartAsync();

        var first = await _bus.TakeAsync(ofGood);
        await _world.Time.WhenTimerWithinAsync(OutboxRelayService.IdleInterval);
        _world.Store.Outbox.ShouldBe(ofBad);
        _bus.Before = null;
        var second = _bus.TakeAsync(ofBad.Count);
        await _world.PumpUntilAsync(second);

        first.ShouldAllBe(r => r.Job == good);
        (await second).ShouldBe(ofBad);
        await relay.StopAsync(CancellationToken.None);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenTheBusNeverConfirms_PublishesAgainAfterAWhile()
    {
        var job = await InsertAsync();
        var asked = 0;
        _bus.Before = (_, stop) => ++asked == 1 ? RecordingBus.NeverAsync(stop) : Task.CompletedTask;
        using var relay = await StartAsync();

        var next = _bus.NextAsync();
        await _world.Time.PumpUntilAsync(next, OutboxRelayService.ConfirmTime);

        ((await next).Job, asked).ShouldBe((job, 2));
        await relay.StopAsync(CancellationToken.None);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenStoppedWithinAPage_DeletesWhatWasConfirmed()
    {
        var (slow, quick) = (await InsertAsync(), await InsertAsync());
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _bus.Before = (row, stop) =>
        {
            held.TrySetResult();
            return row.Job == slow ? RecordingBus.NeverAsync(stop) : Task.CompletedTask;
        };
        using var relay = await StartAsync();
        (await _bus.NextAsync()).Job.ShouldBe(quick);
        await held.Task;

        await relay.StopAsync(CancellationToken.None);

        _world.Store.Outbox.Select(r => r.Job).ShouldBe([slow]);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenSignalled_WakesBeforeItWouldLook()
    {
        using var relay = await StartAsync();
        await _world.Time.WhenTimerWithinAsync(OutboxRelayService.IdleInterval);
        var before = _world.Time.GetUtcNow();

        var jobs = new[] { await InsertAsync(), await InsertAsync() };
        Array.ForEach(jobs, job => _signal.Committed("default", job));

        var told = Task.WhenAll(_bus.NextAsync(), _bus.NextAsync());
        await _world.Time.PumpUntilAsync(told, OutboxRelayService.LeastInterval);
        (await told).Select(row => row.Job).ShouldBe(jobs, ignoreOrder: true);
        _world.Time.GetUtcNow().ShouldBeLessThan(before + OutboxRelayService.IdleInterval);
        await relay.StopAsync(CancellationToken.None);
    }

    [Fact(Timeout = HangGuard)]
    public async Task Relay_WhenNobodySignals_LooksByItself()
    {
        using var relay = await StartAsync();
        await _world.Time.WhenTimerWithinAsync(OutboxRelayService.IdleInterval);
        var job = await InsertAsync();

        var next = _bus.NextAsync();
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

        var next = _bus.NextAsync();
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
        var expected = _world.Store.Outbox;
        var faults = Faults.KilledAt(1, afterCommit);
        using var killed = await StartAsync(_world.NewProcess(faults));
        (await _bus.TakeAsync(1)).ShouldBe(expected);
        await faults.Happened;
        await killed.StopAsync(CancellationToken.None);

        using var next = await StartAsync();
        await (afterCommit ? Task.CompletedTask : ShouldComeAgainAsync(expected));
        await _world.Store.WhenOutboxIsEmptyAsync();
        await next.StopAsync(CancellationToken.None);
    }

    private async Task ShouldComeAgainAsync(IReadOnlyList<OutboxRow> expected) => (await _bus.TakeAsync(expected.Count)).ShouldBe(expected);

    private async Task<OutboxRelayService> StartAsync(ProcessParts? process = null)
    {
        var parts = process ?? _world.NewProcess();
        var now = _world.Time.GetUtcNow();
        parts.Node.Register(await _world.Store.RegisterAsync(parts.Node.Node, now.AddDays(1), expireOthers: true, CancellationToken.None));
        var relay = new OutboxRelayService(parts.Store, _signal, _bus, parts.Node, _world.Time, NullLogger<OutboxRelayService>.Instance);
        await relay.StartAsync(CancellationToken.None);
        return relay;
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
