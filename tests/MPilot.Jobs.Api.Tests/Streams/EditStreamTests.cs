using System.Net.Http.Headers;
using System.Text.Json.Nodes;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Streams;

/// <summary>Edits answered as streams, on a clock that stands still.</summary>
public sealed class EditStreamTests : IAsyncLifetime
{
    private const string Comment = ": still working";

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    private ApiHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        _host.Jobs.Outcome = (_, _) => null;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Edit_WhenNothingComes_HoldsItsHeadersForOnePulseAndCommentsSteadily()
    {
        var asking = EditAsync();
        await _host.Feed.Listened;
        await _host.Time.WhenTimerWithinAsync(Pulse);
        _host.Time.Advance(Pulse - TimeSpan.FromSeconds(1));
        asking.IsCompleted.ShouldBeFalse();

        _host.Time.Advance(TimeSpan.FromSeconds(1));
        using var stream = await asking;

        stream.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        stream.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("text/event-stream"));
        stream.Headers.CacheControl.ShouldBe(new CacheControlHeaderValue { NoCache = true, NoTransform = true });
        stream.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        using var tap = new StreamTap(stream, _host.Patience);
        (await tap.NextAsync()).ShouldBe(Comment);
        for (var pulse = 2; pulse <= 5; pulse++)
        {
            await PassAsync(Pulse);
            (await tap.NextAsync()).ShouldBe(Comment);
        }
    }

    [Fact]
    public async Task Edit_WhenTheJobFailsBeforeAnything_IsAnOrdinaryError()
    {
        var asking = EditAsync();
        await _host.Feed.Listened;
        await EndAsync(InstantJobs.Fail(FailureKind.Refused, 400, "not this"));

        using var answer = await asking;

        ((int)answer.StatusCode).ShouldBe(400);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(_host.Patience))!;
        ((string?)body["error"]!["code"]).ShouldBe("moderation_blocked");
    }

    [Fact]
    public async Task Edit_WhenTheJobFailsAfterAComment_EndsWithOneErrorEvent()
    {
        var asking = EditAsync();
        await _host.Feed.Listened;
        await PassAsync(Pulse);
        using var tap = new StreamTap(await asking, _host.Patience);
        (await tap.NextAsync()).ShouldBe(Comment);

        await EndAsync(InstantJobs.Fail(FailureKind.Refused, 400, "not this"));

        (await tap.NextAsync())!.ShouldStartWith("event: image_edit.failed\ndata: {");
        (await tap.NextAsync())!.ShouldStartWith("event: error\ndata: {");
        (await tap.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Edit_WhenNobodyCountsOrNamesAQuality_CarriesWhatClientsRequire()
    {
        var asking = EditAsync();
        await _host.Feed.Listened;
        var job = _host.Store.Jobs.Single();
        await _host.Jobs.PreviewAsync(job);
        using var tap = new StreamTap(await asking, _host.Patience);
        var preview = Json(await tap.NextAsync());

        await EndAsync(_host.Jobs.Deliver(job, [0], new Usage(5, null, null, null, null, null, null)));
        var completed = Json(await tap.NextAsync());

        ((string?)preview["quality"], (string?)completed["quality"]).ShouldBe(("auto", "auto"));
        ((string?)preview["background"]).ShouldBe("transparent");
        preview["usage"].ShouldBeNull();
        completed["usage"]!.ToJsonString().ShouldBe(
            """
            {"input_tokens":5,"input_tokens_details":{"image_tokens":0,"text_tokens":0},"total_tokens":0,
            "output_tokens":0,"output_tokens_details":{"image_tokens":0,"text_tokens":0}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Edit_WhenTheClientLeaves_LetsTheJobGoOnAndKeepsNothing()
    {
        var asking = EditAsync();
        await _host.Feed.Listened;
        var job = _host.Store.Jobs.Single();
        await _host.Jobs.PreviewAsync(job);
        using (var tap = new StreamTap(await asking, _host.Patience))
        {
            await tap.NextAsync();
        }

        await _host.Feed.WhenListenersAsync(0).WaitAsync(_host.Patience);

        _host.Store.Jobs.Single().CancelRequested.ShouldBeFalse();
        _host.Time.ArmedTimers.ShouldBe(0);
        await EndAsync(_host.Jobs.Deliver(job, [0]));
        (await _host.GetAsync($"/v1/jobs/{job.Id}")).Json.GetProperty("status").GetString().ShouldBe("succeeded");
    }

    /// <summary>Lets time pass for a stream that waits.</summary>
    private async Task PassAsync(TimeSpan span)
    {
        await _host.Time.WhenTimerWithinAsync(span).WaitAsync(_host.Patience);
        _host.Time.Advance(span);
    }

    private static JsonNode Json(string? block) => JsonNode.Parse(block!.Split("\ndata: ")[1])!;

    private Task<HttpResponseMessage> EditAsync()
    {
        var form = Form.Minimal().Text("stream", "true").Text("partial_images", "1");
        var content = new ByteArrayContent(form.ToBytes());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(form.ContentType);
        return _host.OpenAsync(HttpMethod.Post, "/v1/images/edits", content);
    }

    private Task EndAsync(AttemptOutcome outcome)
        => _host.Jobs.TellAsync(
            _host.Store.Jobs.Single().Id, new JobFact.AttemptEnded(_host.Time.GetUtcNow(), 1, outcome, 0), CancellationToken.None);
}
