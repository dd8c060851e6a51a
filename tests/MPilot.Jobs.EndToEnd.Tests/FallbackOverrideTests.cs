using System.Net;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Chains whose second step makes its own edit.</summary>
public sealed class FallbackOverrideTests(ChainFixture chain) : IClassFixture<ChainFixture>, IDisposable
{
    private readonly EditClient _client = EditClient.For(chain.Service);

    public void Dispose()
    {
        _client.Dispose();
        chain.Clear();
    }

    [Fact]
    public async Task Edit_WhenItFallsBack_SendsTheEntrysOwnValues()
    {
        chain.First.Script(new ScriptAction { Status = 500 });
        using var form = EditClient.Form(
            Png.Gradient(), ("model", "openai/gpt-image-2"), ("prompt", "the first words"), ("quality", "high"), ("size", "1024x1024"), ("background", "opaque"),
            ("fallbacks[0][provider]", "second"), ("fallbacks[0][model]", "gpt-image-2"), ("fallbacks[0][quality]", "low"), ("fallbacks[0][prompt]", "the second words"),
            ("fallbacks[0][size]", "1536x1024"));

        var (response, body) = await _client.PostAsync(form);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        var first = chain.First.Ledger.Read().Calls.Single(c => c.Fields["prompt"] == "the first words");
        (first.Fields["quality"], first.Fields["size"]).ShouldBe(("high", "1024x1024"));
        var second = chain.Second.Ledger.Read().Calls.Single(c => c.Fields["prompt"] == "the second words");
        (second.Fields["quality"], second.Fields["size"], second.Fields["background"]).ShouldBe(("low", "1536x1024", "opaque"));
        ((string?)body["quality"], (string?)body["size"], (string?)body["background"]).ShouldBe(("low", "1536x1024", "opaque"));
        (int.Parse(second.Fields["n"], System.Globalization.CultureInfo.InvariantCulture), body["data"]!.AsArray().Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Edit_WhenItFallsBackToTheBuiltInEditor_CanAskItForWhatItCan()
    {
        chain.First.Script(new ScriptAction { Status = 500 });
        var edit = new JsonObject
        {
            ["model"] = "openai/gpt-image-2", ["prompt"] = "cut the vase out", ["image"] = Convert.ToBase64String(await File.ReadAllBytesAsync(SamplePicture.Path)),
            ["fallbacks"] = new JsonArray(new JsonObject { ["provider"] = "local", ["model"] = "background-removal", ["type"] = "background_removal", ["output_format"] = "webp" }),
        };

        var (response, body) = await _client.PostAsync(edit);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        ((string?)body["model"], (string?)body["background"], (string?)body["output_format"]).ShouldBe(("background-removal", "transparent", "webp"));
    }

    [Fact]
    public async Task Edit_WhenAnOverrideIsWrong_BuysNothing()
    {
        var calls = chain.First.Ledger.Read().Calls.Count;
        var edit = new JsonObject
        {
            ["model"] = "openai/gpt-image-2", ["prompt"] = "p", ["image"] = Convert.ToBase64String(Png.Gradient()),
            ["fallbacks"] = new JsonArray("second/gpt-image-2", new JsonObject { ["provider"] = "second", ["model"] = "gpt-image-2", ["quality"] = "best", ["n"] = 2 }),
        };

        var (response, body) = await _client.PostAsync(edit);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!["errors"]!.AsArray().Select(e => (string)e!["param"]!).ShouldBe(["fallbacks[1].n", "fallbacks[1].quality"]);
        chain.First.Ledger.Read().Calls.Count.ShouldBe(calls);
    }
}
