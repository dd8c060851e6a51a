using System.Security.Cryptography;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Imaging.Tests.Kit;
using MPilot.Jobs.Simulators.Ledgers;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>The JavaScript clients people use, unmodified: four generations of the openai package, and the ai package with its providers.</summary>
public sealed class ClientTests : IClassFixture<ChainFixture>, IDisposable
{
    private static readonly string[] OpenAiPackages = ["openai4", "openai5", "openai6", "openai"];
    private static readonly string[] AiProviders = ["ai-openai", "ai-compatible", "ai-azure", "ai-azure-deployment", "ai-xai"];

    /// <summary>A call that never comes fails its test instead of holding up all others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ChainFixture _chain;
    private readonly Workspace _files = new();

    public ClientTests(ChainFixture chain)
    {
        _chain = chain;
        _chain.Clear();
        _chain.First.Ledger.Clear();
        File.WriteAllBytes(PathOf("a.png"), Png.Gradient(1024, 1024));
        File.WriteAllBytes(PathOf("b.png"), Png.Gradient(48, 80));
        File.WriteAllBytes(PathOf("mask.png"), Png.Drawn(1024, 1024, (x, _) => (0, 0, 0, (byte)(x < 32 ? 0 : 255))));
    }

    public static TheoryData<string> OpenAi => [.. OpenAiPackages];

    public static TheoryData<string> Ai => [.. AiProviders];

    public static TheoryData<string> All => [.. OpenAiPackages, .. AiProviders];

    public static TheoryData<string> Masking => [.. OpenAiPackages, .. AiProviders.Where(sdk => sdk != "ai-xai")];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Edit_WhenOnePictureIsSent_GivesADecodablePicture(string sdk)
    {
        var answer = await EditAsync(sdk, new() { ["image"] = PathOf("a.png") });

        Pictures(answer).Count.ShouldBe(1);
        Sent(1).Parts.Single().Sha256.ShouldBe(Sha256("a.png"));
        Sent(1).Fields["prompt"].ShouldBe("make it blue");
    }

    [Theory]
    [MemberData(nameof(Masking))]
    public async Task Edit_WhenPicturesMaskSizeAndNumberAreSent_SendsAllOn(string sdk)
    {
        var answer = await EditAsync(sdk, new()
        {
            ["image"] = new JsonArray(PathOf("a.png"), PathOf("b.png")), ["mask"] = PathOf("mask.png"), ["n"] = 2, ["size"] = "1024x1024",
        });

        Pictures(answer).ShouldAllBe(p => p.Width == 1024 && p.Height == 1024);
        Pictures(answer).Count.ShouldBe(2);
        Sent(1).Parts.Select(p => p.Sha256).ShouldBe([Sha256("a.png"), Sha256("b.png"), Sha256("mask.png")], ignoreOrder: true);
        Sent(1).Fields["size"].ShouldBe("1024x1024");
        _chain.First.Ledger.Read().Pictures.ShouldBe(2);
    }

    [Fact]
    public async Task Edit_WhenXaiSendsSeveralPictures_SendsAllOn()
    {
        var answer = await EditAsync("ai-xai", new() { ["image"] = new JsonArray(PathOf("a.png"), PathOf("b.png")), ["n"] = 2 });

        Pictures(answer).Count.ShouldBe(2);
        Sent(1).Parts.Select(p => p.Sha256).ShouldBe([Sha256("a.png"), Sha256("b.png")], ignoreOrder: true);
    }

    [Theory]
    [InlineData("openai4")]
    [InlineData("openai5")]
    [InlineData("openai6")]
    [InlineData("openai")]
    [InlineData("ai-compatible")]
    public async Task Edit_WhenAFieldIsUnknown_WarnsAboutIt(string sdk)
    {
        JsonObject edit = sdk == "ai-compatible"
            ? new() { ["providerOptions"] = new JsonObject { ["mpilot"] = new JsonObject { ["strength"] = 0.5, ["quality"] = "low" } } }
            : new() { ["strength"] = 0.5, ["quality"] = "low" };
        edit["image"] = PathOf("a.png");

        var answer = await EditAsync(sdk, edit);

        Pictures(answer).Count.ShouldBe(1);
        Sent(1).Fields["quality"].ShouldBe("low");
        using var client = EditClient.For(_chain.Service);
        var (_, job) = await client.GetAsync($"/v1/jobs/{(string)answer["jobs"]![0]!}");
        job["warnings"]!.AsArray().Select(w => ((string?)w!["param"], (string?)w["action"])).ShouldContain(("strength", "dropped"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Edit_WhenTheModelIsUnknown_ThrowsTheClientsOwnErrorAtOnce(string sdk)
    {
        var error = await FailAsync(sdk, new() { ["image"] = PathOf("a.png"), ["model"] = "nobody's model" });

        ((int?)error["status"], (string?)error["code"]).ShouldBe((404, "model_not_found"), error.ToJsonString());
        _chain.First.Ledger.Read().CallCount.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Edit_WhenTheRequestIsBad_ThrowsTheClientsOwnErrorAtOnce(string sdk)
    {
        // xAI's provider knows no size; it makes calls of three pictures at most.
        JsonObject edit = sdk == "ai-xai" ? new() { ["prompt"] = new string('p', 32_001) } : new() { ["size"] = "1x2x3" };
        edit["image"] = PathOf("a.png");

        var error = await FailAsync(sdk, edit);

        ((string?)error["name"]).ShouldBe(sdk.StartsWith("ai", StringComparison.Ordinal) ? "APICallError" : "BadRequestError");
        ((int?)error["status"], (string?)error["code"]).ShouldBe((400, "invalid_value"));
        ((string?)error["message"])!.ShouldContain(sdk == "ai-xai" ? "prompt" : "size");
        _chain.First.Ledger.Read().CallCount.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(OpenAi))]
    public async Task Edit_WhenTheProviderFailedForGood_IsNotRepeatedByOpenAi(string sdk)
    {
        _chain.First.Script(new ScriptAction { Status = 500 }, times: -1);

        var error = await FailAsync(sdk, new() { ["image"] = PathOf("a.png"), ["prompt"] = $"fails for {sdk}" });

        ((string?)error["name"], (int?)error["status"], (string?)error["code"]).ShouldBe(("InternalServerError", 502, "provider_error"));
        var ledger = _chain.First.Ledger.Read();
        (ledger.CallCount, ledger.Purchases).ShouldBe((1, 0));
    }

    [Theory]
    [MemberData(nameof(Ai))]
    public async Task Edit_WhenTheProviderFailedForGood_RunsTheChainOnceForAllPosts(string sdk)
    {
        _chain.First.Script(new ScriptAction { Status = 500 }, times: -1);

        // It does not know x-should-retry: as many posts as it is allowed retries, and one.
        var error = await FailAsync(sdk, new() { ["image"] = PathOf("a.png"), ["prompt"] = $"fails for {sdk}", ["maxRetries"] = 1 });

        ((string?)error["name"], (int?)error["status"], (string?)error["code"]).ShouldBe(("APICallError", 502, "provider_error"));
        var ledger = _chain.First.Ledger.Read();
        (ledger.CallCount, ledger.Purchases).ShouldBe((1, 0));
    }

    [Theory]
    [MemberData(nameof(OpenAi))]
    public async Task Edit_WhenTheClientIsOutOfPatience_GoesOnAndBuysOnce(string sdk)
    {
        _chain.First.Script(new ScriptAction { Hold = sdk });
        JsonObject edit = new() { ["image"] = PathOf("a.png"), ["prompt"] = $"is left by {sdk}", ["call"] = new JsonObject { ["timeout"] = 4000, ["maxRetries"] = 0 } };

        var error = await FailAsync(sdk, edit);
        await _chain.First.HeldAsync(sdk).WaitAsync(Patience);
        _chain.First.Release(sdk);

        ((string?)error["name"]).ShouldBe("APIConnectionTimeoutError");
        using var client = EditClient.For(_chain.Service);
        var (_, newest) = await client.GetAsync("/v1/jobs?limit=1");
        ((string?)(await client.FinalAsync((string)newest["first_id"]!))["status"]).ShouldBe("succeeded");
        var ledger = _chain.First.Ledger.Read();
        (ledger.CallCount, ledger.Purchases).ShouldBe((1, 1));
    }

    public void Dispose() => _files.Dispose();

    private static bool IsAi(string sdk) => sdk.StartsWith("ai", StringComparison.Ordinal);

    private static List<Pixels> Pictures(JsonNode answer)
        => [.. answer["data"]!.AsArray().Select(p => Pixels.Decode(Convert.FromBase64String((string)p!["b64_json"]!)))];

    private async Task<JsonNode> EditAsync(string sdk, JsonObject edit)
    {
        var answer = await RunAsync(sdk, edit);
        answer["error"].ShouldBeNull(answer["error"]?.ToJsonString());
        return answer;
    }

    private async Task<JsonNode> FailAsync(string sdk, JsonObject edit)
        => (await RunAsync(sdk, edit))["error"] ?? throw new InvalidOperationException($"{sdk} got an answer where an error was due.");

    private Task<JsonNode> RunAsync(string sdk, JsonObject edit)
    {
        edit["sdk"] = sdk;
        edit["model"] ??= sdk == "ai-azure-deployment" ? "gpt-image-2" : "openai/gpt-image-2";
        edit["prompt"] ??= "make it blue";
        var service = _chain.Service.Address.GetLeftPart(UriPartial.Authority);
        return IsAi(sdk)
            ? NodeScript.RunAsync("ai.mjs", service, edit.ToJsonString())
            : NodeScript.RunAsync("edit.mjs", $"{service}/v1", edit.ToJsonString());
    }

    private CallRecord Sent(int call) => _chain.First.Ledger.Read().Calls[call - 1];

    private string Sha256(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf(name))));

    private string PathOf(string name) => Path.Combine(_files.Root, name);
}
