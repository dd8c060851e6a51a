using System.Text.Json;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>The openai package of npm, unmodified.</summary>
public sealed class NodeSdkTests : IClassFixture<EdgeFixture>, IDisposable
{
    private readonly EdgeFixture _edge;
    private readonly Workspace _files = new();

    public NodeSdkTests(EdgeFixture edge)
    {
        _edge = edge;
        File.WriteAllBytes(PathOf("a.png"), Png.Gradient());
        File.WriteAllBytes(PathOf("b.png"), Png.Gradient(48, 80));
        File.WriteAllBytes(PathOf("mask.png"), Png.Drawn(64, 64, (x, _) => (0, 0, 0, (byte)(x < 32 ? 0 : 255))));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("stream")]
    public async Task Edit_WhenOnePicture_GivesBase64(string via)
    {
        var answer = await EditAsync(new { model = "gpt-image-1", prompt = "make it blue", image = PathOf("a.png"), via });

        Convert.FromBase64String((string)answer["data"]![0]!["b64_json"]!).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
        ((long)answer["usage"]!["total_tokens"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Edit_WhenAskedForALink_GivesOne()
    {
        var answer = await EditAsync(new { model = "openai/gpt-image-2", prompt = "p", image = PathOf("a.png"), response_format = "url" });

        using var client = EditClient.For(_edge.Service);
        (await client.Http.GetByteArrayAsync(new Uri((string)answer["data"]![0]!["url"]!))).AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Edit_WhenSeveralPicturesAndAMask_SendsAllOn()
    {
        string[] images = [PathOf("a.png"), PathOf("b.png")];

        var answer = await EditAsync(new { model = "gpt-image-2", prompt = "two and a mask", n = 2, image = images, mask = PathOf("mask.png") });

        answer["data"]!.AsArray().Count.ShouldBe(2);
        var sent = _edge.Simulator.Ledger.Read().Calls.Single(c => c.Fields["prompt"] == "two and a mask");
        sent.Parts.Select(p => p.Name).ShouldBe(["image[]", "image[]", "mask"], ignoreOrder: true);
    }

    public void Dispose() => _files.Dispose();

    private string PathOf(string name) => Path.Combine(_files.Root, name);

    private Task<JsonNode> EditAsync(object request)
        => NodeScript.RunAsync("edit.mjs", new Uri(_edge.Service.Address, "v1").ToString(), JsonSerializer.Serialize(request));
}
