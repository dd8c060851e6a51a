using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Jobs;

public sealed class TenantEventReaderTests
{
    private const string Tenant = "default";

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    private readonly World _world = new();
    private readonly RecordingFeed _feed = new();
    private readonly ProcessParts _process;
    private readonly TenantEventReader _reader;

    public TenantEventReaderTests()
    {
        _process = _world.NewProcess();
        _reader = new(_process.Store, _feed, new RereadPace(_world.Options.Jobs), _world.Time);
    }

    [Fact]
    public async Task Begin_WhenTheListenerHasACursor_IsThere()
    {
        await InsertAsync();
        var present = await _reader.BeginAsync(after: null, CancellationToken.None);
        await InsertAsync();

        (await _reader.BeginAsync(present, CancellationToken.None)).ShouldBe(present);
        (await _reader.BeginAsync(new(-5), CancellationToken.None)).ShouldBe(new(-5));
        (await _reader.BeginAsync(new(1000), CancellationToken.None)).ShouldBe(FeedCursor.Oldest, "the store was restored");
    }

    [Fact]
    public async Task Follow_WhenHinted_GivesWhatIsNewWithoutAnyTime()
    {
        await using var events = await FollowAsync();
        var next = events.MoveNextAsync();
        await PassAsync(TenantEventReader.Rest);
        await InsertAsync();
        var before = _world.Time.GetUtcNow();

        _feed.Hint();

        (await next).ShouldBeTrue();
        events.Current!.Event.ShouldBeOfType<JobEvent.Accepted>();
        _world.Time.GetUtcNow().ShouldBe(before);
    }

    [Fact]
    public async Task Follow_WhenHintedAllTheTime_LooksOnlySoOften()
    {
        await using var events = await FollowAsync();
        var first = events.MoveNextAsync();
        await PassAsync(TenantEventReader.Rest);
        var before = _process.Faults.Reads;
        await InsertAsync();
        _feed.Hint();
        (await first).ShouldBeTrue();

        var second = events.MoveNextAsync();
        for (var i = 2; i <= 20; i++)
        {
            await InsertAsync();
            _feed.Hint();
        }

        (_process.Faults.Reads - before).ShouldBe(1);
        await PassAsync(TenantEventReader.Rest);
        (await second).ShouldBeTrue();
        for (var i = 3; i <= 20; i++)
        {
            (await events.MoveNextAsync()).ShouldBeTrue();
        }

        (_process.Faults.Reads - before).ShouldBe(2);
    }

    [Fact]
    public async Task Follow_WhenTheHintGotLost_LooksByItself()
    {
        await using var events = await FollowAsync();
        var next = NextEventAsync(events);
        await InsertAsync();

        await next;

        (_world.Time.GetUtcNow() - ManualTime.Start).ShouldBe(_world.Options.Jobs.RereadInterval);
    }

    [Fact]
    public async Task Follow_WhenOtherNodesAreNotHeard_LooksEveryTwoSeconds()
    {
        var reader = new TenantEventReader(_process.Store, _feed, new RereadPace(_world.Options.Jobs, new StubHints()), _world.Time);
        await using var events = await FollowAsync(reader);
        var next = NextEventAsync(events);
        await InsertAsync();

        await next;

        (_world.Time.GetUtcNow() - ManualTime.Start).ShouldBe(RereadPace.Deaf);
    }

    [Fact]
    public async Task Follow_WhenNothingHappens_PulsesSteadilyAndHardlyReads()
    {
        await using var events = await FollowAsync();
        var before = _process.Faults.Reads;

        for (var pulse = 1; pulse <= 40; pulse++)
        {
            await NextAsync(events);
            events.Current.ShouldBeNull();
            (_world.Time.GetUtcNow() - ManualTime.Start).ShouldBe(pulse * Pulse);
        }

        (_process.Faults.Reads - before).ShouldBeLessThanOrEqualTo(21);
    }

    [Fact]
    public async Task Follow_WhenEventsAreHeldBack_HasThemSoonAfterTheirTimeAlthoughNobodyHints()
    {
        await using var events = await FollowAsync();
        _world.Store.HoldBackEvents();
        await InsertAsync();
        _feed.Hint();
        var before = _process.Faults.Reads;
        await NextAsync(events);
        await NextAsync(events);
        events.Current.ShouldBeNull();
        (_process.Faults.Reads - before).ShouldBeInRange(15, 20);
        _world.Store.LetEventsGo();
        var released = _world.Time.GetUtcNow();

        await NextEventAsync(events);

        (_world.Time.GetUtcNow() - released).ShouldBeLessThanOrEqualTo(TenantEventReader.RetryInterval);
    }

    [Fact]
    public async Task Follow_WhenThereIsALongPast_ReadsItPageByPageWithoutAnyTime()
    {
        await using var events = await FollowAsync();
        for (var i = 0; i < 200; i++)
        {
            await InsertAsync();
        }

        var before = _process.Faults.Reads;
        var seen = new List<TenantEvent>();
        while (seen.Count < 200)
        {
            (await events.MoveNextAsync()).ShouldBeTrue();
            seen.Add(events.Current!);
            (_process.Faults.Reads - before).ShouldBe(((seen.Count - 1) / 64) + 1, "a page is read when the one before was taken");
        }

        seen.Select(e => e.Job).ShouldBe(_world.Store.Jobs.Select(j => j.Id));
        _world.Time.GetUtcNow().ShouldBe(ManualTime.Start);
    }

    [Fact]
    public async Task Follow_WhenTheStoreIsAway_GoesOnAsSoonAsItIsBack()
    {
        await using var events = await FollowAsync();
        await InsertAsync();
        _process.Faults.FailReads(3);

        await NextEventAsync(events);

        (_world.Time.GetUtcNow() - ManualTime.Start).ShouldBe(3 * TenantEventReader.RetryInterval);
    }

    [Fact]
    public async Task Follow_WhenTheListenerLeaves_LeavesNothingBehind()
    {
        using var leaving = new CancellationTokenSource();
        var events = _reader.FollowAsync(Tenant, FeedCursor.Oldest, Pulse, leaving.Token).GetAsyncEnumerator(leaving.Token);
        var next = events.MoveNextAsync();

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await next);
        await events.DisposeAsync();
        (_feed.Listeners, _world.Time.ArmedTimers).ShouldBe((0, 0));
    }

    private async Task<IAsyncEnumerator<TenantEvent?>> FollowAsync(TenantEventReader? reader = null)
        => (reader ?? _reader).FollowAsync(Tenant, await _reader.BeginAsync(null, CancellationToken.None), Pulse, CancellationToken.None).GetAsyncEnumerator();

    /// <summary>Goes to the next timer within a span, and lets whom it wakes arm its own.</summary>
    private async Task PassAsync(TimeSpan within)
    {
        await _world.Time.WhenTimerWithinAsync(within);
        _world.Time.AdvanceToNext(within);
    }

    private async Task NextAsync(IAsyncEnumerator<TenantEvent?> events)
        => (await _world.Time.PumpUntilAsync(events.MoveNextAsync().AsTask(), TimeSpan.FromMinutes(1))).ShouldBeTrue();

    private async Task<TenantEvent> NextEventAsync(IAsyncEnumerator<TenantEvent?> events)
    {
        do
        {
            await NextAsync(events);
        }
        while (events.Current is null);
        return events.Current;
    }

    private async Task InsertAsync()
    {
        var accept = JobTransitions.Accept((await _world.SubmissionAsync()).Job);
        await _world.Store.InsertAsync(new(accept.State, accept.Events, null, []), CancellationToken.None);
    }
}
