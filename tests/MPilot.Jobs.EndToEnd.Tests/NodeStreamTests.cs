using System.Text.Json;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Streams as the stream parser of the openai package of npm understands them.</summary>
public sealed class NodeStreamTests : IClassFixture<ChainFixture>, IDisposable
{
    private const string Partial = "image_edit.partial_image";
    private const string Completed = "image_edit.completed";

    private readonly ChainFixture _chain;
    private readonly Workspace _files = new();

    public NodeStreamTests(ChainFixture chain)
    {
        _chain = chain;
        _chain.Clear();
        File.WriteAllBytes(Picture, Png.Gradient());
    }

    private string Picture => Path.Combine(_files.Root, "a.png");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Edit_WhenStreamed_IsUnderstoodEventByEvent()
    {
        var (events, error) = await StreamAsync(new { model = "gpt-image-1", prompt = "p", image = Picture, partial_images = 2 });

        error.ShouldBeNull();
        Names(events).ShouldBe([Partial, Partial, Completed]);
        ((long)events[^1]["usage"]!["input_tokens_details"]!["text_tokens"]!).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task Edit_WhenThreeAreStreamed_SaysWhichIsWhich()
    {
        var (events, error) = await StreamAsync(new { model = "gpt-image-1", prompt = "p", image = Picture, partial_images = 2, n = 3 });

        error.ShouldBeNull();
        events.Where(e => (string?)e["type"] == Completed).Select(e => (int)e["image_index"]!).ShouldBe([0, 1, 2], ignoreOrder: true);
        events.Count.ShouldBe(9);
    }

    [Fact]
    public async Task Edit_WhenTheProviderFailsBeforeAPartial_ThrowsTheStatus()
    {
        _chain.First.Script(new ScriptAction { Partials = 0, StreamError = true }, times: -1);

        var (events, error) = await StreamAsync(new { model = "gpt-image-1", prompt = "fails at once", image = Picture, partial_images = 2 });

        events.ShouldBeEmpty();
        ((int?)error!["status"], (string?)error["code"]).ShouldBe((502, "provider_error"));
    }

    [Fact]
    public async Task Edit_WhenTheProviderFailsAfterAPartial_ThrowsWhatWeSaid()
    {
        _chain.First.Script(new ScriptAction { Partials = 1, StreamError = true }, times: -1);

        var (events, error) = await StreamAsync(new { model = "gpt-image-1", prompt = "fails later", image = Picture, partial_images = 2 });

        Names(events).ShouldBe([Partial, "image_edit.failed"]);
        ((string?)error!["code"]).ShouldBe("provider_error");
    }

    [Fact]
    public async Task Edit_WhenTheNextProviderTakesOver_SeesOneStream()
    {
        _chain.First.Script(new ScriptAction { Partials = 1, StreamError = true }, times: -1);
        string[] fallbacks = ["second/gpt-image-2"];

        var (events, error) = await StreamAsync(new { model = "gpt-image-1", prompt = "p", image = Picture, partial_images = 2, fallbacks });

        error.ShouldBeNull();
        Names(events).ShouldBe([Partial, Partial, Partial, Completed]);
        events.SkipLast(1).Select(e => (int)e["partial_image_index"]!).ShouldBe([0, 1, 2]);
    }

    private static IEnumerable<string?> Names(List<JsonNode> events) => events.Select(e => (string?)e["type"]);

    private async Task<(List<JsonNode> Events, JsonNode? Error)> StreamAsync(object request)
    {
        var answer = await NodeScript.RunAsync("stream.mjs", new Uri(_chain.Service.Address, "v1").ToString(), JsonSerializer.Serialize(request));
        return ([.. answer["events"]!.AsArray().Select(e => e!)], answer["error"]);
    }
}
