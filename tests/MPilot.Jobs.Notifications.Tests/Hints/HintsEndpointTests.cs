using Microsoft.Extensions.Logging.Abstractions;

using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Notifications.Hints;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Notifications.Tests.Hints;

/// <summary>Whether a node knows what it does not hear.</summary>
public sealed class HintsEndpointTests : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private readonly ManualTime _time = new();
    private readonly HintsEndpoint _endpoint;
    private readonly IJobSubscription _waiting;

    public HintsEndpointTests()
    {
        var feed = new RecordingFeed();
        _waiting = feed.Subscribe("job_1");
        _endpoint = new(feed, new NodeIdentity("here"), _time, NullLogger<HintsEndpoint>.Instance);
    }

    public void Dispose() => _waiting.Dispose();

    [Fact]
    public async Task AreHeard_WhenTheQueueIsReady_WaitsForTheOwnVoice()
    {
        await _endpoint.Ready(null!);
        _endpoint.AreHeard.ShouldBeFalse();

        await TellAsync("here");

        _endpoint.AreHeard.ShouldBeTrue();
        WasWoken().ShouldBeTrue();
    }

    [Fact]
    public async Task AreHeard_WhenAnotherFallsSilent_IsFalseUntilItIsHeardAgain()
    {
        await HearBothAsync();

        _time.Advance(Silence);
        await TellAsync("here");
        _endpoint.AreHeard.ShouldBeTrue();
        _time.Advance(TimeSpan.FromTicks(1));
        await TellAsync("here");

        (_endpoint.AreHeard, WasWoken()).ShouldBe((false, true));
        await TellAsync("there");
        (_endpoint.AreHeard, WasWoken()).ShouldBe((true, true));
    }

    [Fact]
    public async Task AreHeard_WhenAnotherIsSilentForLong_TakesItForGone()
    {
        await HearBothAsync();

        _time.Advance(TimeSpan.FromMinutes(5));
        await TellAsync("here");
        _endpoint.AreHeard.ShouldBeFalse();
        _time.Advance(TimeSpan.FromTicks(1));
        _endpoint.Review();

        _endpoint.AreHeard.ShouldBeTrue();
    }

    [Fact]
    public async Task AreHeard_WhenNotEvenTheOwnVoiceComes_IsFalse()
    {
        await HearBothAsync();

        _time.Advance(Silence + TimeSpan.FromTicks(1));
        _endpoint.Review();

        (_endpoint.AreHeard, WasWoken()).ShouldBe((false, true));
    }

    [Fact]
    public async Task AreHeard_WhenTheQueueFails_IsFalseAtOnce()
    {
        await HearBothAsync();

        await _endpoint.Faulted(null!);

        (_endpoint.AreHeard, WasWoken()).ShouldBe((false, true));
    }

    private async Task HearBothAsync()
    {
        await _endpoint.Ready(null!);
        await TellAsync("here");
        await TellAsync("there");
        WasWoken().ShouldBeTrue();
        WasWoken().ShouldBeFalse();
    }

    private Task TellAsync(string node) => _endpoint.Take(new(node, []));

    /// <summary>Whether a waiter was woken since the last time.</summary>
    private bool WasWoken()
    {
        using var now = new CancellationTokenSource();
        var woken = _waiting.WaitAsync(now.Token);
        now.Cancel();
        return woken.IsCompletedSuccessfully;
    }
}
