using System.Globalization;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Requests recorded from real clients, re-sent as streams: three fields more, everything else byte for byte.</summary>
public sealed class RecordingStreamTests : IClassFixture<ChainFixture>
{
    private static int _requests;

    private readonly ChainFixture _chain;

    public RecordingStreamTests(ChainFixture chain)
    {
        _chain = chain;
        _chain.Clear();
    }

    public static TheoryData<string> Names => [.. Recordings.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Edit_WhenStreamed_ShowsPartialsAndEveryPicture(string recording)
    {
        var (frames, images) = await StreamAsync(recording);

        frames.Count(f => f.IsPartial).ShouldBe(2 * images);
        frames.Count(f => f.IsCompleted).ShouldBe(images);
        frames.Count.ShouldBe(3 * images);
        frames.Where(f => f.IsCompleted).ShouldAllBe(f => (long)f.Json["usage"]!["total_tokens"]! > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Edit_WhenThreeAreWanted_SaysWhichIsWhich(string recording)
    {
        var (frames, images) = await StreamAsync(recording, ("n", "3"));

        images.ShouldBe(3);
        frames.Where(f => f.IsCompleted).Select(f => f.Image).ShouldBe([0, 1, 2], ignoreOrder: true);
        frames.Count(f => f.IsPartial).ShouldBe(6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Edit_WhenTheProviderFailsBeforeAPartial_IsAnOrdinaryError(string recording)
    {
        _chain.First.Script(new ScriptAction { Status = 500 }, times: -1);

        await IsAnErrorAsync(recording);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Edit_WhenTheStreamFailsBeforeAPartial_IsAnOrdinaryError(string recording)
    {
        _chain.First.Script(new ScriptAction { Partials = 0, StreamError = true }, times: -1);

        await IsAnErrorAsync(recording);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Edit_WhenTheStreamFailsAfterAPartial_EndsWithOneError(string recording)
    {
        _chain.First.Script(new ScriptAction { Partials = 1, StreamError = true }, times: -1);

        var (frames, images) = await StreamAsync(recording);

        frames.Count(f => f.IsPartial).ShouldBe(images);
        frames.Where(f => f.Name == "image_edit.failed").Select(f => f.Image).ShouldBe(Enumerable.Range(0, images), ignoreOrder: true);
        frames.Where(f => f.Name == "image_edit.failed").ShouldAllBe(f => f.Json["error"] == null && f.Json["failure"] != null);
        var error = frames[^1];
        ((string?)error.Json["type"], (int?)error.Json["status_code"], (string?)error.Json["error"]!["code"]).ShouldBe(("error", 502, "provider_error"));
        frames.Count.ShouldBe((2 * images) + 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Edit_WhenTheNextProviderTakesOver_GoesOnCounting(string recording)
    {
        _chain.First.Script(new ScriptAction { Partials = 1, StreamError = true }, times: -1);

        var (frames, images) = await StreamAsync(recording, ("fallbacks", "second/gpt-image-2"));

        var providers = frames.Select(f => (f.Image, f.Name, Provider: (string?)f.Json["extra_fields"]!["provider"])).ToList();
        for (var image = 0; image < images; image++)
        {
            providers.Where(p => p.Image == image).Select(p => (p.Name, p.Provider)).ShouldBe(
            [
                ("image_edit.partial_image", "openai"), ("image_edit.partial_image", "second"), ("image_edit.partial_image", "second"),
                ("image_edit.completed", "second"),
            ]);
        }

        providers.Count.ShouldBe(4 * images);
    }

    private async Task IsAnErrorAsync(string recording)
    {
        var answer = await SendAsync(recording);

        (answer.Status, answer.Code, answer["x-should-retry"]).ShouldBe((502, "provider_error", "false"));
        answer["Content-Type"]!.ShouldStartWith("application/json");
    }

    private async Task<(List<SseFrame> Frames, int Images)> StreamAsync(string recording, params (string Name, string Value)[] fields)
    {
        var answer = await SendAsync(recording, fields);

        answer.Status.ShouldBe(200, answer.Text);
        (answer["Content-Type"], answer["Cache-Control"], answer["X-Accel-Buffering"], answer["Content-Encoding"])
            .ShouldBe(("text/event-stream", "no-cache, no-transform", "no", null));
        var frames = SseFrame.ParseAll(answer.Text);
        var images = frames.Max(f => f.Json["image_index"] is { } index ? (int)index : 0) + 1;
        EditStreamRules.ShouldHold(frames, images);
        frames.Where(f => f.Name != "error").ShouldAllBe(f => (string)f.Json["id"]! == answer["x-mpilot-job-id"]);
        return (frames, images);
    }

    private async Task<Answer> SendAsync(string recording, params (string Name, string Value)[] fields)
    {
        // No request repeats another's: a failure would be replayed.
        var number = Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture);
        using var http = new RawHttp(_chain.Service.Address);
        await http.WriteAsync(
            Recordings.With(recording, _chain.Service.Address, [("stream", "true"), ("partial_images", "2"), ("metadata[test]", number), .. fields]));
        return await http.ReadAsync();
    }
}
