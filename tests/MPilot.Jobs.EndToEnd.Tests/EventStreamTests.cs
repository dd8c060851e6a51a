using System.Globalization;
using System.Text;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>The events of a job, by listeners whose connection does not last.</summary>
public sealed class EventStreamTests : OneProviderTests
{
    private const string End = "\n\n";

    private ServiceProcess _service = null!;
    private EditClient _client = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await StartAsync();
    }

    public override async Task DisposeAsync()
    {
        await StopAsync();
        await base.DisposeAsync();
    }

    /// <summary>Every connection brings one frame and a part of the next.</summary>
    /// <param name="percent">How much of the next frame.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(99)]
    public async Task Events_WhenCutInEveryFrame_AreTheSameToTheByte_AlsoAfterARestart(int percent)
    {
        Provider.Script(new ScriptAction { PictureBytes = 60_000 }, times: -1);
        var path = await AcceptAsync();
        await _client.FinalAsync(path.Split('/')[3]);
        var whole = await ReadAsync(path, after: null, _ => null);
        var frames = SseFrame.ParseAll(whole);
        await StopAsync();
        await StartAsync();

        var stitched = new StringBuilder();
        for (long? last = null; last != frames[^1].Id;)
        {
            var received = Whole(await ReadAsync(path, last, text => CutAt(text, frames: 1, percent)));
            stitched.Append(received);
            last = SseFrame.ParseAll(received)[^1].Id;
        }

        stitched.ToString().ShouldBe(whole);
        frames.Select(f => f.Id).ShouldBe(Enumerable.Range(1, frames.Count).Select(i => (long?)i));
        frames.Select(f => f.Name).ToHashSet().ShouldBe(
        [
            "job.accepted", "job.attempt_started", "image_edit.partial_image", "image_edit.completed", "job.attempt_finished", "job.finalized",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Events_WhenTheServiceDiesBetweenTwoCuts_AreTheSameToTheByte()
    {
        Provider.Script(new ScriptAction { Hold = "door", AfterPartials = true });
        var path = await AcceptAsync();
        await Provider.HeldAsync("door");

        // While the job runs: two frames and a half, then the previews it has shown so far.
        var first = Whole(await ReadAsync(path, after: null, text => CutAt(text, frames: 2, percent: 50)));
        var second = Whole(await ReadAsync(path, after: 2, text => CutAt(text, frames: 2, percent: 0)));
        await StopAsync();
        await StartAsync();
        var rest = await ReadAsync(path, after: 4, _ => null);

        SseFrame.ParseAll(second).ShouldAllBe(f => f.IsPartial);
        SseFrame.ParseAll(rest)[^1].Name.ShouldBe("job.finalized");
        (first + second + rest).ShouldBe(await ReadAsync(path, after: null, _ => null));
    }

    [Fact]
    public async Task Events_WhenAskedForLinks_CarryLinksThatServe()
    {
        var path = await AcceptAsync();

        var frames = SseFrame.ParseAll(await ReadAsync($"{path}?images=link", after: null, _ => null));

        frames.Count(f => f.IsPartial).ShouldBe(2);
        foreach (var picture in frames.Where(f => f.IsPartial || f.IsCompleted))
        {
            picture.Json["b64_json"].ShouldBeNull();
            var bytes = await _client.Http.GetByteArrayAsync(new Uri((string)picture.Json["url"]!));
            bytes.AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
        }
    }

    /// <summary>Where to cut so that there are whole frames and a part of one; <c>null</c> while too little has come.</summary>
    private static int? CutAt(string text, int frames, int percent)
    {
        var from = 0;
        for (var i = 0; i < frames; i++)
        {
            from = text.IndexOf(End, from, StringComparison.Ordinal) + End.Length;
            if (from < End.Length)
            {
                return null;
            }
        }

        var next = text.IndexOf(End, from, StringComparison.Ordinal) + End.Length - from;
        return percent == 0 ? from : next < 0 ? null : from + Math.Max(1, next * percent / 100);
    }

    /// <summary>What a parser of events keeps: everything up to the last empty line.</summary>
    private static string Whole(string received) => received[..(received.LastIndexOf(End, StringComparison.Ordinal) + End.Length)];

    private async Task<string> AcceptAsync()
    {
        using var form = EditClient.Form(
            Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "p"), ("stream", "true"), ("partial_images", "2"));
        var (_, accepted) = await _client.PostAsync(form, ("Prefer", "respond-async"));
        return $"/v1/jobs/{accepted["id"]}/events";
    }

    /// <summary>Listens until what came can be cut, or to the end, and leaves.</summary>
    private async Task<string> ReadAsync(string path, long? after, Func<string, int?> cutAt)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", after?.ToString(CultureInfo.InvariantCulture));
        using var response = await _client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
        var text = "";
        var buffer = new byte[4096];
        while (await body.ReadAsync(buffer, patience.Token) is > 0 and var count)
        {
            text += Encoding.UTF8.GetString(buffer, 0, count);
            if (cutAt(text) is { } cut)
            {
                return text[..cut];
            }
        }

        return text;
    }

    private async Task StartAsync()
    {
        _service = await ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));
        _client = EditClient.For(_service);
    }

    private async Task StopAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
    }
}
