using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Jobs;

public sealed class JobEventReaderTests
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    private readonly World _world = new();
    private readonly RecordingFeed _feed = new();
    private readonly ProcessParts _process;
    private readonly JobEventReader _reader;

    public JobEventReaderTests()
    {
        _process = _world.NewProcess();
        _reader = new(_process.Store, _feed, new RereadPace(_world.Options.Jobs), _world.Time);
    }

    [Fact]
    public async Task Follow_WhenTheJobIsFinal_GivesTheRestAndEnds()
    {
        var job = await InsertAsync();
        await CancelAsync(job);

        (await AllAsync(job, after: 1)).ShouldBe(_world.Store.EventsOf(job).Skip(1));
        _feed.Listeners.ShouldBe(0);
    }

    [Fact]
    public async Task Follow_WhenNothingIsLeftOfAFinalJob_EndsAtOnce()
    {
        var job = await InsertAsync();
        await CancelAsync(job);

        (await AllAsync(job, after: _world.Store.Job(job).LastEvent)).ShouldBeEmpty();
        (await AllAsync("job_unknown", after: 0)).ShouldBeEmpty();
        _world.Time.GetUtcNow().ShouldBe(ManualTime.Start);
    }

    [Fact]
    public async Task Follow_WhenHinted_GivesWhatIsNewWithoutAnyTime()
    {
        var job = await InsertAsync();
        await using var events = Follow(job);
        (await events.MoveNextAsync()).ShouldBeTrue();
        var next = events.MoveNextAsync();
        await CancelAsync(job);

        _feed.Hint();

        (await next).ShouldBeTrue();
        events.Current!.Sequence.ShouldBe(2);
        _world.Time.GetUtcNow().ShouldBe(ManualTime.Start);
    }

    [Fact]
    public async Task Follow_WhenTheHintGotLost_LooksByItself()
    {
        var job = await InsertAsync();
        await using var events = Follow(job);
        await events.MoveNextAsync();
        await CancelAsync(job);

        var seen = await NextEventAsync(events);

        seen.Sequence.ShouldBe(2);
        (_world.Time.GetUtcNow() - ManualTime.Start).ShouldBe(_world.Options.Jobs.RereadInterval);
    }

    [Fact]
    public async Task Follow_WhenNothingHappens_PulsesSteadilyAndHardlyReads()
    {
        var job = await InsertAsync();
        await using var events = Follow(job);
        await events.MoveNextAsync();
        var before = _process.Faults.Reads;

        for (var pulse = 1; pulse <= 40; pulse++)
        {
            await NextAsync(events);
            events.Current.ShouldBeNull();
            (_world.Time.GetUtcNow() - ManualTime.Start).ShouldBe(pulse * Pulse);
        }

        (_process.Faults.Reads - before).ShouldBeLessThanOrEqualTo(20);
    }

    [Fact]
    public async Task Follow_WhenEventsComeAllTheTime_PulsesAllTheSame()
    {
        var job = await InsertAsync();
        await using var events = Follow(job);
        await events.MoveNextAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(14));
        var next = events.MoveNextAsync();
        await AddEventAsync(job);
        _feed.Hint();
        (await next).ShouldBeTrue();
        events.Current.ShouldNotBeNull();

        await NextAsync(events);

        events.Current.ShouldBeNull();
        (_world.Time.GetUtcNow() - ManualTime.Start).ShouldBe(Pulse);
    }

    [Fact]
    public async Task Follow_WhenTheStoreIsAway_GoesOnAsSoonAsItIsBack()
    {
        var job = await InsertAsync();
        _process.Faults.FailReads(3);
        await using var events = Follow(job);

        var seen = await NextEventAsync(events);

        seen.ShouldBeOfType<JobEvent.Accepted>();
        (_world.Time.GetUtcNow() - ManualTime.Start).ShouldBe(3 * JobEventReader.RetryInterval);
    }

    [Fact]
    public async Task Follow_WhenTheListenerLeaves_LeavesNothingBehind()
    {
        var job = await InsertAsync();
        using var leaving = new CancellationTokenSource();
        var events = _reader.FollowAsync(job, 0, Pulse, leaving.Token).GetAsyncEnumerator(leaving.Token);
        await events.MoveNextAsync();
        var next = events.MoveNextAsync();

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await next);
        await events.DisposeAsync();
        (_feed.Listeners, _world.Time.ArmedTimers).ShouldBe((0, 0));
    }

    private IAsyncEnumerator<JobEvent?> Follow(string job) => _reader.FollowAsync(job, 0, Pulse, CancellationToken.None).GetAsyncEnumerator();

    private async Task NextAsync(IAsyncEnumerator<JobEvent?> events)
        => (await _world.Time.PumpUntilAsync(events.MoveNextAsync().AsTask(), TimeSpan.FromMinutes(1))).ShouldBeTrue();

    private async Task<JobEvent> NextEventAsync(IAsyncEnumerator<JobEvent?> events)
    {
        do
        {
            await NextAsync(events);
        }
        while (events.Current is null);
        return events.Current;
    }

    private async Task<List<JobEvent?>> AllAsync(string job, long after)
    {
        var all = new List<JobEvent?>();
        await foreach (var item in _reader.FollowAsync(job, after, Pulse, CancellationToken.None))
        {
            all.Add(item);
        }

        return all;
    }

    private async Task<string> InsertAsync()
    {
        var accept = JobTransitions.Accept((await _world.SubmissionAsync()).Job);
        await _world.Store.InsertAsync(new(accept.State, accept.Events, null, []), CancellationToken.None);
        return accept.State.Id;
    }

    private Task AddEventAsync(string job) => TellAsync(job, new JobFact.AttemptSending(_world.Time.GetUtcNow(), 1, "key", "lease", "node", 1));

    private Task CancelAsync(string job) => TellAsync(job, new JobFact.CancelRequested(_world.Time.GetUtcNow()));

    private async Task TellAsync(string job, JobFact fact)
    {
        var told = JobTransitions.Apply(_world.Store.Job(job), fact);
        told.Events.ShouldNotBeEmpty();
        await _world.Store.SaveAsync(new(told.State, told.Events, [], null), CancellationToken.None);
    }
}
