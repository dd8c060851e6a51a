using MPilot.Jobs.Notifications.Live;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Live;

public sealed class LiveFeedTests
{
    private readonly LiveFeed _feed = new();

    [Fact]
    public void Hint_WhenNobodyListens_IsNoError()
    {
        _feed.Hint("job");

        _feed.JobsListenedTo.ShouldBe(0);
    }

    [Fact]
    public async Task Wait_WhenTheEventCameBefore_CompletesOnceForAll()
    {
        using var subscription = _feed.Subscribe("job");
        _feed.Hint("job");
        _feed.Hint("job");

        await subscription.WaitAsync(CancellationToken.None);

        subscription.WaitAsync(CancellationToken.None).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Hint_WhenSeveralListen_ReachesEachListenerOfThatJobOnly()
    {
        using var one = _feed.Subscribe("job");
        using var two = _feed.Subscribe("job");
        using var other = _feed.Subscribe("other");
        Task[] waiting = [one.WaitAsync(CancellationToken.None), two.WaitAsync(CancellationToken.None)];
        var elsewhere = other.WaitAsync(CancellationToken.None);

        _feed.Hint("job");

        await Task.WhenAll(waiting);
        elsewhere.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Dispose_WhenOneOfTwoGoes_TheOtherStays()
    {
        var one = _feed.Subscribe("job");
        using var two = _feed.Subscribe("job");
        one.Dispose();
        one.Dispose();

        _feed.Hint("job");

        two.WaitAsync(CancellationToken.None).IsCompleted.ShouldBeTrue();
        _feed.JobsListenedTo.ShouldBe(1);
    }

    [Fact]
    public async Task Wait_WhenCanceled_ThrowsAndLaterEventsStillArrive()
    {
        using var subscription = _feed.Subscribe("job");
        using var cancel = new CancellationTokenSource();
        var waiting = subscription.WaitAsync(cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);

        _feed.Hint("job");

        await subscription.WaitAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Subscribe_WhenManyComeGoAndHintAtOnce_LosesNoSignalAndKeepsNoListener()
    {
        var workers = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var job = $"job{(worker + i) % 3}";
                using var subscription = _feed.Subscribe(job);
                _feed.Hint(job);
                await subscription.WaitAsync(CancellationToken.None);
            }
        }));

        await Task.WhenAll(workers);

        _feed.JobsListenedTo.ShouldBe(0);
    }

    [Fact]
    public void HintAll_WhenSeveralListen_WakesEverybody()
    {
        using var one = _feed.Subscribe("one");
        using var other = _feed.Subscribe("other");

        _feed.HintAll();

        one.WaitAsync(CancellationToken.None).IsCompleted.ShouldBeTrue();
        other.WaitAsync(CancellationToken.None).IsCompleted.ShouldBeTrue();
    }
}
