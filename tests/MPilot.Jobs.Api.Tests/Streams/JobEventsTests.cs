using System.Text.Json.Nodes;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Streams;

/// <summary><c>GET /v1/jobs/{id}/events</c>.</summary>
public sealed class JobEventsTests : IAsyncLifetime
{
    private const int Crowd = 500;

    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Events_WhenNothingIsLeftToCome_Answer204()
    {
        var (id, _) = await FinalAsync();

        var answer = await _host.GetAsync($"/v1/jobs/{id}/events", ("Last-Event-ID", "99"));

        (answer.Status, answer.Body.Length).ShouldBe((204, 0));
        _host.Time.GetUtcNow().ShouldBe(ManualTime.Start);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public async Task Events_WhenTheLastIdIsNone_AreRefused(string last)
    {
        var (id, _) = await FinalAsync();

        (await _host.GetAsync($"/v1/jobs/{id}/events", ("Last-Event-ID", last))).Param.ShouldBe("Last-Event-ID");
    }

    [Fact]
    public async Task Events_WhenAskedForLinksLater_AreTheSameUntilTheyExpire()
    {
        var (id, final) = await FinalAsync();
        var path = $"/v1/jobs/{id}/events?images=link";
        var first = (await _host.GetAsync(path)).Text;
        _host.Time.Advance(TimeSpan.FromHours(23));

        (await _host.GetAsync(path)).Text.ShouldBe(first);

        first.ShouldContain($"exp={(final.At + TimeSpan.FromHours(24)).ToUnixTimeSeconds()}");
        _host.Time.Advance(TimeSpan.FromHours(2));
        var late = await CompletedAsync(path);
        ((bool?)late["image_expired"], late["url"], late["b64_json"]).ShouldBe((true, null, null));
    }

    [Fact]
    public async Task Events_WhenAPreviewIsLinked_LinksItForItsOwnTime()
    {
        _host.Options.Retention.Previews = TimeSpan.FromMinutes(5);
        _host.Jobs.Outcome = (_, _) => null;
        var id = (await _host.EditAsync(Form.Minimal(), ("Prefer", "respond-async")))["x-mpilot-job-id"]!;
        await _host.Jobs.PreviewAsync(_host.Store.Jobs.Single());
        await _host.SendAsync(HttpMethod.Post, $"/v1/jobs/{id}/cancel", null);
        await _host.Jobs.TellAsync(
            id, new JobFact.AttemptEnded(ManualTime.Start, 1, new Domain.Attempts.AttemptOutcome.Canceled(), 0), CancellationToken.None);

        (await _host.GetAsync($"/v1/jobs/{id}/events?images=link")).Text.ShouldContain($"exp={ManualTime.Start.AddMinutes(5).ToUnixTimeSeconds()}");
    }

    [Fact]
    public async Task Events_WhenThePictureIsGone_SaySo()
    {
        var (id, _) = await FinalAsync();
        _host.Artifacts.Clear();

        var late = await CompletedAsync($"/v1/jobs/{id}/events");

        ((bool?)late["image_expired"], late["b64_json"]).ShouldBe((true, null));
        ((string?)late["type"], (int?)late["image_index"]).ShouldBe(("image_edit.completed", 0));
    }

    [Fact]
    public async Task Events_WhenHundredsOfListenersComeAndGo_KeepNothingOfThem()
    {
        _host.Jobs.Outcome = (_, _) => null;
        var id = (await _host.EditAsync(Form.Minimal(), ("Prefer", "respond-async")))["x-mpilot-job-id"]!;
        (_host.Feed.Listeners, _host.Time.ArmedTimers).ShouldBe((0, 0));

        foreach (var some in Enumerable.Range(0, Crowd).Chunk(50))
        {
            var taps = await Task.WhenAll(some.Select(_ => ListenAsync(id)));
            _host.Feed.Listeners.ShouldBe(some.Length);
            foreach (var tap in taps)
            {
                tap.Dispose();
            }

            await _host.Feed.WhenListenersAsync(0).WaitAsync(_host.Patience);
        }

        _host.Time.ArmedTimers.ShouldBe(0);
        _host.Store.Jobs.Single().CancelRequested.ShouldBeFalse();
    }

    private async Task<StreamTap> ListenAsync(string id)
    {
        var tap = new StreamTap(await _host.OpenAsync(HttpMethod.Get, $"/v1/jobs/{id}/events"), _host.Patience);
        (await tap.NextAsync())!.ShouldStartWith("event: job.accepted\nid: 1\ndata: ");
        return tap;
    }

    private async Task<(string Id, JobEvent Final)> FinalAsync()
    {
        var id = (await _host.EditAsync(Form.Minimal()))["x-mpilot-job-id"]!;
        return (id, _host.Store.EventsOf(id)[^1]);
    }

    private async Task<JsonNode> CompletedAsync(string path)
    {
        var block = (await _host.GetAsync(path)).Text.Split("\n\n").Single(b => b.StartsWith("event: image_edit.completed", StringComparison.Ordinal));
        return JsonNode.Parse(block.Split("\ndata: ")[1])!;
    }
}
