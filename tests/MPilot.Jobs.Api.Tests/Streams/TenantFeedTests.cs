using System.Net.Http.Headers;
using System.Text.Json.Nodes;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Fallback;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Streams;

/// <summary><c>GET /v1/events</c>, on a clock that stands still.</summary>
public sealed class TenantFeedTests : IAsyncLifetime
{
    private const string Shop = "sk-bf-shop-0123456789abcdef";
    private const string Studio = "sk-bf-studio-0123456789abcdef";
    private const string Path = "/v1/events";

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(o => o.Keys = [new() { Secret = Shop, Tenant = "shop" }, new() { Secret = Studio, Tenant = "studio" }]);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Feed_WhenNothingHappens_OpensAtOnceAndCommentsSteadilySayingWhereItIs()
    {
        await EditAsync();
        using var stream = await OpenAsync();

        stream.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("text/event-stream"));
        stream.Headers.CacheControl.ShouldBe(new CacheControlHeaderValue { NoCache = true, NoTransform = true });
        stream.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        using var tap = new StreamTap(stream, _host.Patience);
        var first = (await tap.NextAsync())!;
        first.ShouldMatch("^: still working\nid: cur_[0-9a-f]{16}$");
        for (var pulse = 1; pulse <= 3; pulse++)
        {
            await PassAsync(Pulse * pulse);
            (await tap.NextAsync()).ShouldBe(first);
        }
    }

    [Fact]
    public async Task Feed_WhenJobsGoOn_HasTheFactsOfAllAsTheirOwnStreamsHaveThemAndNothingElse()
    {
        using var tap = await FollowAsync();
        var jobs = new[] { await EditAsync(), await EditAsync(), await FailAsync() };

        var told = await TakeAsync(tap, jobs.Sum(OwnEvents));

        foreach (var job in jobs)
        {
            var own = Facts((await _host.GetAsync($"/v1/jobs/{job}/events", ("x-api-key", Shop))).Text);
            told.Where(t => (string?)t.Json["id"] == job).Select(t => (t.Name, t.Json.ToJsonString())).ShouldBe(own);
        }

        told.ShouldAllBe(t => t.Name == (string?)t.Json["type"]);
        told.Select(t => t.Cursor).ShouldBeUnique();
        told.Select(t => t.Json.ToJsonString()).ShouldAllBe(t => !t.Contains("b64_json") && !t.Contains("prompt"));
    }

    [Fact]
    public async Task Feed_WhenOthersHaveJobs_HasNothingOfThem()
    {
        using var tap = await FollowAsync();
        using var others = await FollowAsync(key: Studio);
        await EditAsync(Studio);
        var own = await EditAsync();
        var theirs = await EditAsync(Studio);

        (await TakeAsync(tap, OwnEvents(own))).ShouldAllBe(t => (string?)t.Json["id"] == own);
        (await TakeAsync(others, 2 * OwnEvents(theirs))).ShouldNotContain(t => (string?)t.Json["id"] == own);
    }

    [Theory]
    [InlineData("Last-Event-ID")]
    [InlineData("after")]
    public async Task Feed_WhenResumedAfterAnyEvent_HasTheRestOnce(string way)
    {
        string begin;
        using (var tap = await FollowAsync())
        {
            begin = tap.Begin;
        }

        var jobs = new[] { await EditAsync(), await EditAsync() };
        List<Told> all;
        using (var whole = await ResumeAsync(way, begin))
        {
            all = await TakeAsync(whole, jobs.Sum(OwnEvents));
        }

        for (var i = 0; i < all.Count; i++)
        {
            using var rest = await ResumeAsync(way, all[i].Cursor);
            rest.Begin.ShouldBe(all[i].Cursor);
            (await TakeAsync(rest, all.Count - 1 - i)).Select(Text).ShouldBe(all.Skip(i + 1).Select(Text));
        }
    }

    [Fact]
    public async Task Feed_WhenAListenerComesBackByItself_GoesByItsLastIdNotByItsOldQuery()
    {
        using var tap = await FollowAsync();
        var all = await TakeAsync(tap, OwnEvents(await EditAsync()));

        using var back = new Listening(await OpenAsync($"{Path}?after={tap.Begin}", Shop, ("Last-Event-ID", all[^2].Cursor)), _host.Patience);
        await back.BeginAsync();

        (await TakeAsync(back, 1)).Select(Text).ShouldBe([Text(all[^1])]);
    }

    [Fact]
    public async Task Feed_WhenNoCursorIsGiven_BeginsAtThePresent()
    {
        await EditAsync();
        using var tap = await FollowAsync();

        var job = await EditAsync();

        (await TakeAsync(tap, OwnEvents(job))).ShouldAllBe(t => (string?)t.Json["id"] == job);
    }

    [Fact]
    public async Task Feed_WhenWhatFollowsTheCursorIsPruned_GoesOnWithTheOldestThatIsKept()
    {
        string begin;
        using (var tap = await FollowAsync())
        {
            begin = tap.Begin;
        }

        await EditAsync();
        _host.Time.Advance(TimeSpan.FromDays(1));
        await _host.Store.PruneAsync(_host.Time.GetUtcNow(), _host.Time.GetUtcNow(), _host.Time.GetUtcNow(), 1000, CancellationToken.None);
        var kept = await EditAsync();

        using var back = await ResumeAsync("after", begin);
        (await TakeAsync(back, OwnEvents(kept))).ShouldAllBe(t => (string?)t.Json["id"] == kept);
    }

    [Fact]
    public async Task Feed_WhenTheCursorIsAheadOfTheStore_HasAllThatIsKept()
    {
        var job = await EditAsync();

        using var tap = await ResumeAsync("Last-Event-ID", "cur_7000000000000000");

        (await TakeAsync(tap, OwnEvents(job))).ShouldAllBe(t => (string?)t.Json["id"] == job);
    }

    [Theory]
    [InlineData("job.succeeded,job.canceled", "job.finalized")]
    [InlineData("job.failed", "")]
    [InlineData("job.finalized", "job.finalized")]
    [InlineData("job.attempt_finished&events=job.accepted,job.accepted", "job.accepted,job.attempt_finished")]
    public async Task Feed_WhenFiltered_HasThoseAloneAndSaysHowFarItHasLooked(string events, string names)
    {
        using var tap = new Listening(await OpenAsync($"{Path}?events={events}"), _host.Patience);
        await tap.BeginAsync();
        await EditAsync();
        var wanted = names.Split(',', StringSplitOptions.RemoveEmptyEntries);

        (await TakeAsync(tap, wanted.Length)).Select(t => t.Name).ShouldBe(wanted);

        await PassAsync(Pulse);
        var looked = (await tap.Tap.NextAsync())!.Split("id: ")[1];
        using var back = await ResumeAsync("after", looked);
        await PassAsync(2 * Pulse);
        (await back.Tap.NextAsync())!.ShouldStartWith(": still working");
    }

    [Theory]
    [InlineData("after=1", "after")]
    [InlineData("after=cur_0", "after")]
    [InlineData("after=cur_00000000000000zz", "after")]
    [InlineData("after=cur_0000000000000001&after=cur_0000000000000001", "after")]
    [InlineData("events=job.nonsense", "events")]
    [InlineData("events=job.failed,,job.canceled", "events")]
    [InlineData("events=image_edit.completed", "events")]
    [InlineData("events=webhook.exhausted", "events")]
    public async Task Feed_WhenAskedWrongly_NamesTheField(string query, string field)
    {
        var answer = await _host.GetAsync($"{Path}?{query}", ("x-api-key", Shop));

        (answer.Status, answer.Param).ShouldBe((400, field));
        answer.Text.ShouldContain(field == "events" ? "job.succeeded" : field, Case.Sensitive, answer.Text);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("cur_")]
    public async Task Feed_WhenTheLastIdIsNone_IsRefused(string last)
        => (await _host.GetAsync(Path, ("x-api-key", Shop), ("Last-Event-ID", last))).Param.ShouldBe("Last-Event-ID");

    [Fact]
    public async Task Feed_WhenNobodyIsNamed_IsRefused() => (await _host.GetAsync(Path)).Status.ShouldBe(401);

    [Fact]
    public async Task Feed_WhenTheStoreIsAway_IsAnOrdinaryError()
    {
        _host.Store.IsAway = true;

        (await _host.GetAsync(Path, ("x-api-key", Shop))).Status.ShouldBe(503);
    }

    [Fact]
    public async Task Feed_WhenTheProcessEnds_EndsCleanlyAndTurnsAwayWhoComesLater()
    {
        using var tap = await FollowAsync();

        await _host.Draining.EndAsync();

        (await tap.Tap.NextAsync()).ShouldBeNull();
        (await _host.GetAsync(Path, ("x-api-key", Shop))).Status.ShouldBe(503);
    }

    [Fact(Timeout = 30_000)]
    public async Task Feed_WhenListenersLeave_KeepsNothingOfThem()
    {
        var taps = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => FollowAsync()));
        await _host.Feed.WhenListenersAsync(taps.Length).WaitAsync(_host.Patience);
        foreach (var tap in taps)
        {
            tap.Dispose();
        }

        await _host.Feed.WhenListenersAsync(0).WaitAsync(_host.Patience);
        while (_host.Time.ArmedTimers > 0)
        {
            // Whoever waits for a delay that is broken off may go on before its timer has gone.
            await Task.Yield();
        }
    }

    private static string Text(Told told) => $"{told.Cursor} {told.Json.ToJsonString()}";

    /// <summary>The <c>job.*</c> events in the text of a job's own stream.</summary>
    private static List<(string Name, string Json)> Facts(string stream)
        => [.. stream.Split("\n\n").Where(b => b.StartsWith("event: job.", StringComparison.Ordinal)).Select(b => (b.Split('\n')[0][7..], b.Split("\ndata: ")[1]))];

    private async Task<List<Told>> TakeAsync(Listening tap, int count)
    {
        var taken = new List<Told>();
        while (taken.Count < count)
        {
            // Looks of one listener are apart by some time of this clock.
            if (await _host.Time.PumpUntilAsync(tap.Tap.NextAsync(), TimeSpan.FromSeconds(1)) is { } block && !block.StartsWith(':'))
            {
                var lines = block.Split('\n');
                taken.Add(new(lines[0]["event: ".Length..], lines[1]["id: ".Length..], JsonNode.Parse(lines[2]["data: ".Length..])!));
            }
        }

        return taken;
    }

    /// <summary>Lets time pass to a moment after the start, for a stream that waits.</summary>
    private async Task PassAsync(TimeSpan sinceStart)
    {
        while (ManualTime.Start + sinceStart - _host.Time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await _host.Time.WhenTimerWithinAsync(left).WaitAsync(_host.Patience);
            _host.Time.AdvanceToNext(left);
        }
    }

    private int OwnEvents(string job) => _host.Store.EventsOf(job).Count(e => !e.IsAboutPicture);

    private async Task<string> EditAsync(string key = Shop) => (await _host.EditAsync(Form.Minimal(), ("x-api-key", key)))["x-mpilot-job-id"]!;

    private async Task<string> FailAsync()
    {
        _host.Jobs.Outcome = (_, _) => InstantJobs.Fail(FailureKind.Refused, 400);
        return await EditAsync();
    }

    private Task<HttpResponseMessage> OpenAsync(string path = Path, string key = Shop, params (string Name, string Value)[] headers)
        => _host.OpenAsync(HttpMethod.Get, path, null, [("x-api-key", key), .. headers]);

    private async Task<Listening> FollowAsync(string key = Shop)
    {
        var tap = new Listening(await OpenAsync(key: key), _host.Patience);
        await tap.BeginAsync();
        return tap;
    }

    private async Task<Listening> ResumeAsync(string way, string cursor)
    {
        var tap = new Listening(
            way == "after" ? await OpenAsync($"{Path}?after={cursor}") : await OpenAsync(Path, Shop, (way, cursor)), _host.Patience);
        await tap.BeginAsync();
        return tap;
    }

    private sealed record Told(string Name, string Cursor, JsonNode Json);

    private sealed class Listening(HttpResponseMessage response, CancellationToken patience) : IDisposable
    {
        public StreamTap Tap { get; } = new(response, patience);

        /// <summary>Where the stream said it begins.</summary>
        public string Begin { get; private set; } = "";

        public async Task BeginAsync() => Begin = (await Tap.NextAsync())!.Split("id: ")[1];

        public void Dispose() => Tap.Dispose();
    }
}
