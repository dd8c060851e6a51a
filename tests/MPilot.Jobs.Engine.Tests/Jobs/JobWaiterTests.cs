using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Jobs;

public sealed class JobWaiterTests
{
    private readonly World _world = new();
    private readonly RecordingFeed _feed = new();
    private readonly Draining _draining = new();
    private readonly ProcessParts _process;
    private readonly JobWaiter _waiter;

    public JobWaiterTests()
    {
        _process = _world.NewProcess();
        _waiter = new(_process.Store, _feed, new RereadPace(_world.Options.Jobs), _draining, _world.Time);
    }

    private DateTimeOffset InAMinute => _world.Time.GetUtcNow() + TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Wait_WhenJobIsUnknown_AnswersNothing()
        => (await _waiter.WaitAsync("job_unknown", InAMinute, CancellationToken.None)).ShouldBeNull();

    [Fact]
    public async Task Wait_WhenJobIsFinal_AnswersAtOnce()
    {
        var job = await InsertAsync();
        await CancelAsync(job);

        (await _waiter.WaitAsync(job, InAMinute, CancellationToken.None))!.Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact]
    public async Task Wait_WhenTheProcessEnds_AnswersTheJobAsItStands()
    {
        var job = await InsertAsync();
        var waiting = _waiter.WaitAsync(job, InAMinute, CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse();

        await _draining.EndAsync();

        (await waiting)!.Status.ShouldBe(JobStatus.Queued);
    }

    [Fact]
    public async Task Wait_WhenHinted_ReadsTheStore()
    {
        var job = await InsertAsync();
        var waiting = _waiter.WaitAsync(job, InAMinute, CancellationToken.None);
        await CancelAsync(job);

        _feed.Hint();

        (await waiting)!.IsFinal.ShouldBeTrue();
        _feed.Listeners.ShouldBe(0);
    }

    [Fact]
    public async Task Wait_WhenHintsStayAway_ReadsTheStoreByItself()
    {
        var job = await InsertAsync();
        var waiting = _waiter.WaitAsync(job, InAMinute, CancellationToken.None);
        await CancelAsync(job);

        _world.Time.Advance(_world.Options.Jobs.RereadInterval);

        (await waiting)!.IsFinal.ShouldBeTrue();
    }

    [Fact]
    public async Task Wait_WhenOtherNodesAreNotHeard_ReadsTheStoreEveryTwoSeconds()
    {
        var hints = new StubHints { AreHeard = true };
        var waiter = new JobWaiter(_process.Store, _feed, new RereadPace(_world.Options.Jobs, hints), _draining, _world.Time);
        var job = await InsertAsync();
        var waiting = waiter.WaitAsync(job, InAMinute, CancellationToken.None);
        hints.AreHeard = false;
        _feed.HintAll();
        await _world.Time.WhenTimerWithinAsync(RereadPace.Deaf);
        await CancelAsync(job);

        _world.Time.Advance(RereadPace.Deaf);

        (await waiting)!.IsFinal.ShouldBeTrue();
    }

    [Fact]
    public async Task Wait_WhenNothingHappens_ReadsTheStoreOnceInAnInterval()
    {
        var job = await InsertAsync();
        var before = _process.Faults.Reads;

        var waiting = _waiter.WaitAsync(job, _world.Time.GetUtcNow() + TimeSpan.FromMinutes(10), CancellationToken.None);
        await _world.Time.PumpUntilAsync(waiting, TimeSpan.FromMinutes(1));

        (_process.Faults.Reads - before).ShouldBe(1 + 20);
    }

    [Fact]
    public async Task Wait_WhenTimeIsUp_AnswersTheJobAsItStands()
    {
        var job = await InsertAsync();
        var waiting = _waiter.WaitAsync(job, _world.Time.GetUtcNow() + TimeSpan.FromSeconds(1), CancellationToken.None);
        _feed.Listeners.ShouldBe(1);

        _world.Time.Advance(TimeSpan.FromSeconds(1));

        (await waiting)!.Status.ShouldBe(JobStatus.Queued);
        _feed.Listeners.ShouldBe(0);
    }

    [Fact]
    public async Task Wait_WhenCanceled_ThrowsAndStopsListening()
    {
        var job = await InsertAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = _waiter.WaitAsync(job, InAMinute, cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        _feed.Listeners.ShouldBe(0);
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
