using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Notifications.Live;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Live;

public sealed class LiveFeedTests
{
    private readonly LiveFeed _feed = new();

    [Fact]
    public void Publish_WhenNobodyListens_IsNoError()
    {
        _feed.Publish(Row("job"));

        _feed.JobsListenedTo.ShouldBe(0);
    }

    [Fact]
    public async Task Wait_WhenTheEventCameBefore_CompletesOnceForAll()
    {
        using var subscription = _feed.Subscribe("job");
        _feed.Publish(Row("job"));
        _feed.Publish(Row("job"));

        await subscription.WaitAsync(CancellationToken.None);

        subscription.WaitAsync(CancellationToken.None).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Publish_WhenSeveralListen_ReachesEachListenerOfThatJobOnly()
    {
        using var one = _feed.Subscribe("job");
        using var two = _feed.Subscribe("job");
        using var other = _feed.Subscribe("other");
        Task[] waiting = [one.WaitAsync(CancellationToken.None), two.WaitAsync(CancellationToken.None)];
        var elsewhere = other.WaitAsync(CancellationToken.None);

        _feed.Publish(Row("job"));

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

        _feed.Publish(Row("job"));

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

        _feed.Publish(Row("job"));

        await subscription.WaitAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Subscribe_WhenManyComeGoAndPublishAtOnce_LosesNoSignalAndKeepsNoListener()
    {
        var workers = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var job = $"job{(worker + i) % 3}";
                using var subscription = _feed.Subscribe(job);
                _feed.Publish(Row(job));
                await subscription.WaitAsync(CancellationToken.None);
            }
        }));

        await Task.WhenAll(workers);

        _feed.JobsListenedTo.ShouldBe(0);
    }

    private static OutboxRow Row(string job) => new(1, "default", job, new JobEvent.Accepted(1, DateTimeOffset.UnixEpoch));
}
