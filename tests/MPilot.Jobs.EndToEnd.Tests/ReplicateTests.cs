using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>A provider whose calls are jobs of its own, through the real process.</summary>
public sealed class ReplicateTests : IClassFixture<ReplicateFixture>, IDisposable
{
    private const string Kontext = "replicate/black-forest-labs/flux-kontext-pro";

    private readonly ReplicateFixture _fixture;
    private readonly EditClient _client;

    public ReplicateTests(ReplicateFixture fixture)
    {
        _fixture = fixture;
        _fixture.Simulator.ClearScript();
        _fixture.Simulator.Ledger.Clear();
        _client = EditClient.For(fixture.Service);
    }

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(Kontext, "prompt", "make it blue", "png")]
    [InlineData("replicate/google/nano-banana-pro", "prompt", "make it blue", "jpeg")]
    [InlineData("replicate/bria/remove-background", "type", "background_removal", "png")]
    [InlineData("replicate/851-labs/background-remover:a029dff38972b5fda4ec5d75d7d1cd25aeff621d2cf4946a41055d7db66b80bc", "type", "background_removal", "png")]
    public async Task Edit_WhenReplicateServes_GivesThePictureItMade(string model, string field, string value, string format)
    {
        var (status, body) = await EditAsync(model, (field, value));

        status.ShouldBe(200, body.ToJsonString());
        ((string)body["extra_fields"]!["provider"]!).ShouldBe("replicate");
        ((string)body["output_format"]!).ShouldBe(format);
        Convert.FromBase64String((string)body["data"]![0]!["b64_json"]!).Length.ShouldBeGreaterThan(100);
        _fixture.Simulator.Ledger.Read().Purchases.ShouldBe(1);
        _fixture.Simulator.Ledger.Purchases.Single().Parts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Edit_WhenASizeIsAsked_HasItWhateverTheModelMakes()
    {
        var (_, body) = await EditAsync(Kontext, ("prompt", "wider"), ("size", "640x360"), ("output_format", "webp"));

        ((string)body["size"]!).ShouldBe("640x360");
        ((string)body["output_format"]!).ShouldBe("webp");
        _fixture.Simulator.Ledger.Purchases.Single().Fields["aspect_ratio"].ShouldBe("16:9");
    }

    [Fact]
    public async Task Edit_WhenAMaskIsGiven_ReachesTheModelWhiteAndInThePicturesSize()
    {
        using var form = EditClient.Form(Png.Gradient(256, 256), ("model", "replicate/black-forest-labs/flux-fill-pro"), ("prompt", "a hat"));
        form.Add(new ByteArrayContent(Png.Drawn(256, 256, (x, _) => (0, 0, 0, (byte)(x < 64 ? 0 : 255)))), "mask", "mask.png");

        var (response, body) = await _client.PostAsync(form);

        ((int)response.StatusCode).ShouldBe(200, body.ToJsonString());
        _fixture.Simulator.Ledger.Purchases.Single().Parts.Select(p => $"{p.Name} {p.Width}x{p.Height} {p.HasAlpha}").ShouldBe(["image 256x256 True", "mask 256x256 False"]);
    }

    [Fact]
    public async Task Edit_WhenTheModelRefuses_SaysSo()
    {
        _fixture.Simulator.Script(new ScriptAction { Moderation = true });

        var (status, body) = await EditAsync(Kontext, ("prompt", "p"));

        status.ShouldBe(400);
        ((string)body["error"]!["code"]!).ShouldBe("moderation_blocked");
    }

    [Fact]
    public async Task Edit_WhenOpenAiFails_IsServedByReplicate()
    {
        _fixture.Simulator.Script(new ScriptRule { Match = new() { Provider = "openai" }, Action = new() { Status = 500 } });

        var (status, body) = await EditAsync("openai/gpt-image-2", ("prompt", "p"), ("fallbacks", Kontext));

        status.ShouldBe(200, body.ToJsonString());
        Trail(body["extra_fields"]!).ShouldBe(["openai failed", "replicate succeeded"]);
    }

    [Fact]
    public async Task Edit_WhenReplicateHasNoCredit_IsServedByOpenAi()
    {
        _fixture.Simulator.Script(new ScriptRule { Match = new() { Provider = "replicate" }, Action = new() { Quota = true } });

        var (status, body) = await EditAsync(Kontext, ("prompt", "p"), ("fallbacks", "openai/gpt-image-2"));

        status.ShouldBe(200, body.ToJsonString());
        Trail(body["extra_fields"]!).ShouldBe(["replicate failed", "openai succeeded"]);
    }

    [Fact]
    public async Task Cancel_WhenThePredictionRuns_StopsItThere()
    {
        _fixture.Simulator.Script(new ScriptAction { Hold = "model" });
        var job = await SubmitAsync();
        await _fixture.Simulator.HeldAsync("model");

        await _client.Http.PostAsync(new Uri($"/v1/jobs/{job}/cancel", UriKind.Relative), null);

        ((string)(await _client.FinalAsync(job))["status"]!).ShouldBe("canceled");
        Calls("/cancel").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cancel_WhenItIsTooLate_DoesNotThrowThePictureAway()
    {
        _fixture.Simulator.Script(new ScriptAction { Hold = "late", IgnoreCancel = true });
        var job = await SubmitAsync();
        await _fixture.Simulator.HeldAsync("late");
        _fixture.Simulator.Script(new ScriptRule { Match = new() { Call = "cancel" }, Action = new() { Hold = "canceling" } });

        await _client.Http.PostAsync(new Uri($"/v1/jobs/{job}/cancel", UriKind.Relative), null);
        await _fixture.Simulator.HeldAsync("canceling");
        _fixture.Simulator.Release("late");
        _fixture.Simulator.Release("canceling");

        var final = await _client.FinalAsync(job);
        ((string)final["status"]!).ShouldBe("succeeded");
        _fixture.Simulator.Ledger.Read().Purchases.ShouldBe(1);
    }

    private async Task<(int Status, JsonNode Body)> EditAsync(string model, params (string Name, string Value)[] fields)
    {
        using var form = EditClient.Form(Png.Gradient(256, 256), [("model", model), .. fields]);
        var (response, body) = await _client.PostAsync(form);
        return ((int)response.StatusCode, body);
    }

    private async Task<string> SubmitAsync()
    {
        using var form = EditClient.Form(Png.Gradient(), ("model", Kontext), ("prompt", "p"));
        var (_, body) = await _client.PostAsync(form, ("Prefer", "respond-async"));
        return (string)body["id"]!;
    }

    private List<CallRecord> Calls(string end) => [.. _fixture.Simulator.Ledger.Calls.Where(c => c.Path.EndsWith(end, StringComparison.Ordinal))];

    private static IEnumerable<string> Trail(JsonNode job) => job["attempts"]!.AsArray().Select(a => $"{a!["provider"]} {a["outcome"]}");
}
