using System.Net.Http.Headers;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Edits watched as they come, and the events of a job.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private Simulator _simulator = null!;
    private ServiceProcess _service = null!;
    private EditClient _client = null!;

    public async Task InitializeAsync()
    {
        _simulator = await Simulator.StartAsync();
        _service = await StartAsync();
        _client = EditClient.For(_service);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
        await _simulator.DisposeAsync();
        _workspace.Dispose();
    }

    [Fact]
    public async Task Edit_WhenStreamed_ShowsPreviewsAndEndsWithThePicture()
    {
        var frames = await StreamAsync(("partial_images", "2"));

        frames.Select(f => f.Name).ShouldBe(["image_edit.partial_image", "image_edit.partial_image", "image_edit.completed"]);
        frames.ShouldAllBe(f => f.Id == null);
        frames.ShouldAllBe(f => (string)f.Json["type"]! == f.Name);
        frames.Take(2).Select(f => (int)f.Json["partial_image_index"]!).ShouldBe([0, 1]);
        string[] required = ["b64_json", "created_at", "size", "quality", "background", "output_format", "image_index", "sequence_number", "id", "extra_fields"];
        frames.ShouldAllBe(f => required.All(m => f.Json[m] != null));
        ((long)frames[2].Json["usage"]!["total_tokens"]!).ShouldBeGreaterThan(0);
        frames.Select(f => ((string)f.Json["b64_json"]!)[..5]).ShouldAllBe(start => start == "iVBOR");
        Rises(frames.Select(f => (long)f.Json["sequence_number"]!));
    }

    [Fact]
    public async Task Edit_WhenThreeAreStreamed_FansOutAndSaysWhichIsWhich()
    {
        var frames = await StreamAsync(("n", "3"), ("partial_images", "1"));

        var completed = frames.Where(f => f.Name == "image_edit.completed").ToList();
        completed.Select(f => (int)f.Json["image_index"]!).ShouldBe([0, 1, 2], ignoreOrder: true);
        _simulator.Ledger.Read().Purchases.ShouldBe(3);
        Rises(frames.Select(f => (long)f.Json["sequence_number"]!));
    }

    [Fact]
    public async Task Edit_WhenTheProviderFailsBeforeAnything_IsAnOrdinaryError()
    {
        _simulator.Script(new ScriptAction { Moderation = true });
        using var form = Form();

        var (response, body) = await _client.PostAsync(form);

        ((int)response.StatusCode).ShouldBe(400);
        ((string?)body["error"]!["code"]).ShouldBe("moderation_blocked");
    }

    [Fact]
    public async Task Edit_WhenTheStreamBreaksAfterAPreview_GoesOnWithTheNextAttempt()
    {
        _simulator.Script(new ScriptAction { StreamError = true });

        var frames = await StreamAsync(("partial_images", "1"));

        frames.Select(f => f.Name).ShouldBe(["image_edit.partial_image", "image_edit.partial_image", "image_edit.completed"]);
        frames.Take(2).Select(f => (int)f.Json["partial_image_index"]!).ShouldBe([0, 1]);
        ((int)frames[2].Json["extra_fields"]!["attempt"]!).ShouldBe(2);
        Rises(frames.Select(f => (long)f.Json["sequence_number"]!));
    }

    [Fact]
    public async Task Edit_WhenEveryAttemptBreaksAfterAPreview_EndsWithOneError()
    {
        _simulator.Script(new ScriptAction { StreamError = true }, times: -1);

        var frames = await StreamAsync(("partial_images", "1"));

        frames[^1].Name.ShouldBe("error");
        frames.Count(f => f.Name == "error").ShouldBe(1);
        ((int)frames[^1].Json["status_code"]!).ShouldBe(502);
        ((string?)frames[^1].Json["error"]!["code"]).ShouldBe("provider_error");
    }

    [Fact]
    public async Task Edit_WhenTheDriverDoesNotStream_EndsWithOneCompletedFrame()
    {
        var picture = await File.ReadAllBytesAsync(SamplePicture.Path);
        using var form = EditClient.Form(picture, ("model", "local/background-removal"), ("type", "background_removal"), ("stream", "true"));

        var frames = await ReadAsync(await PostStreamAsync(form));

        frames.Single().Name.ShouldBe("image_edit.completed");
        ((string?)frames[0].Json["background"]).ShouldBe("transparent");
        frames[0].Json["usage"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Events_WhenReadPieceByPiece_AreTheSameToTheByte_AlsoAfterARestart()
    {
        using var form = Form(("partial_images", "2"), ("n", "2"));
        var (_, accepted) = await _client.PostAsync(form, ("Prefer", "respond-async"));
        var path = $"/v1/jobs/{accepted["id"]}/events";
        await _client.FinalAsync((string)accepted["id"]!);
        var whole = await _client.Http.GetStringAsync(new Uri(path, UriKind.Relative));
        var frames = Parse(whole);

        await _service.KillAsync();
        _client.Dispose();
        await _service.DisposeAsync();
        _service = await StartAsync();
        _client = EditClient.For(_service);
        var pieces = new List<string>();
        long? last = null;
        foreach (var frame in frames)
        {
            var rest = await EventsAsync(path, last);
            pieces.Add(rest[..(rest.IndexOf("\n\n", StringComparison.Ordinal) + 2)]);
            last = frame.Id;
        }

        string.Concat(pieces).ShouldBe(whole);
        frames.Select(f => f.Id).ShouldBe(Enumerable.Range(1, frames.Count).Select(i => (long?)i));
        frames[0].Name.ShouldBe("job.accepted");
        frames[^1].Name.ShouldBe("job.finalized");
        (await EventsAsync(path, last)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_WhenAskedForLinks_CarryLinksThatServe()
    {
        using var form = Form();
        var (_, accepted) = await _client.PostAsync(form, ("Prefer", "respond-async"));
        await _client.FinalAsync((string)accepted["id"]!);

        var frames = Parse(await _client.Http.GetStringAsync(new Uri($"/v1/jobs/{accepted["id"]}/events?images=link", UriKind.Relative)));

        var completed = frames.Single(f => f.Name == "image_edit.completed").Json;
        completed["b64_json"].ShouldBeNull();
        (await _client.Http.GetByteArrayAsync(new Uri((string)completed["url"]!))).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
    }

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(_workspace, Configurations.With(_simulator));

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
        => EditClient.Form(Png.Gradient(), [("model", "openai/gpt-image-2"), ("prompt", "p"), ("stream", "true"), .. fields]);

    private static void Rises(IEnumerable<long> numbers)
    {
        var all = numbers.ToList();
        all.ShouldBe(all.Distinct().Order());
    }

    private async Task<List<SseFrame>> StreamAsync(params (string Name, string Value)[] fields)
    {
        using var form = Form(fields);
        return await ReadAsync(await PostStreamAsync(form));
    }

    private async Task<HttpResponseMessage> PostStreamAsync(HttpContent form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/images/edits") { Content = form };
        return await _client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<List<SseFrame>> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        response.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("text/event-stream"));
        return Parse(text);
    }

    private async Task<string> EventsAsync(string path, long? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", after?.ToString());
        using var response = await _client.Http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static List<SseFrame> Parse(string text)
        => [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(f => !f.StartsWith(':')).Select(SseFrame.Parse)];

    private sealed record SseFrame(string Name, long? Id, JsonNode Json)
    {
        public static SseFrame Parse(string frame)
        {
            var lines = frame.Split('\n').Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
            return new(lines["event"], lines.TryGetValue("id", out var id) ? long.Parse(id) : null, JsonNode.Parse(lines["data"])!);
        }
    }
}
