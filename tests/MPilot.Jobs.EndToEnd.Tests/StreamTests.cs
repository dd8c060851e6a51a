using System.Net.Http.Headers;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Edits watched as they come.</summary>
public sealed class StreamTests : OneProviderTests
{
    private ServiceProcess _service = null!;
    private EditClient _client = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _service = await StartAsync();
        _client = EditClient.For(_service);
    }

    public override async Task DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Edit_WhenStreamed_ShowsPreviewsAndEndsWithThePicture()
    {
        var frames = await StreamAsync(("partial_images", "2"));

        frames.Select(f => f.Name).ShouldBe(["image_edit.partial_image", "image_edit.partial_image", "image_edit.completed"]);
        EditStreamRules.ShouldHold(frames, images: 1);
        ((long)frames[2].Json["usage"]!["total_tokens"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Edit_WhenThreeAreStreamed_FansOutAndSaysWhichIsWhich()
    {
        var frames = await StreamAsync(("n", "3"), ("partial_images", "1"));

        var completed = frames.Where(f => f.Name == "image_edit.completed").ToList();
        completed.Select(f => (int)f.Json["image_index"]!).ShouldBe([0, 1, 2], ignoreOrder: true);
        Provider.Ledger.Read().Purchases.ShouldBe(3);
        EditStreamRules.ShouldHold(frames, images: 3);
    }

    [Fact]
    public async Task Edit_WhenTheProviderFailsBeforeAnything_IsAnOrdinaryError()
    {
        Provider.Script(new ScriptAction { Moderation = true });
        using var form = Form();

        var (response, body) = await _client.PostAsync(form);

        ((int)response.StatusCode).ShouldBe(400);
        ((string?)body["error"]!["code"]).ShouldBe("moderation_blocked");
    }

    [Fact]
    public async Task Edit_WhenTheStreamBreaksAfterAPreview_GoesOnWithTheNextAttempt()
    {
        Provider.Script(new ScriptAction { StreamError = true });

        var frames = await StreamAsync(("partial_images", "1"));

        frames.Select(f => f.Name).ShouldBe(["image_edit.partial_image", "image_edit.partial_image", "image_edit.completed"]);
        EditStreamRules.ShouldHold(frames, images: 1);
        ((int)frames[2].Json["extra_fields"]!["attempt"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Edit_WhenEveryAttemptBreaksAfterAPreview_EndsWithOneError()
    {
        Provider.Script(new ScriptAction { StreamError = true }, times: -1);

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

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(Workspace, Configurations.With(Provider));

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
        => EditClient.Form(Png.Gradient(), [("model", "openai/gpt-image-2"), ("prompt", "p"), ("stream", "true"), .. fields]);

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
        return SseFrame.ParseAll(text);
    }
}
