using System.ClientModel;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using OpenAI;
using OpenAI.Images;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>Clients that send a request again by themselves, in their real timing, and what that buys. Every test has a prompt of its own.</summary>
public sealed class ClientRetryTests : IClassFixture<ChainFixture>, IDisposable
{
    /// <summary>What never comes fails its test instead of holding up all others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChainFixture _chain;
    private readonly EditClient _client;
    private readonly Workspace _files = new();

    public ClientRetryTests(ChainFixture chain)
    {
        _chain = chain;
        _chain.Clear();
        _chain.First.Ledger.Clear();
        _client = EditClient.For(_chain.Service);
        File.WriteAllBytes(Picture, Png.Gradient(1024, 1024));
    }

    private string Picture => Path.Combine(_files.Root, "a.png");

    [Fact]
    public async Task DotNet_WhenTheProviderFails_BuysOneRunOfTheChainWithItsFourPosts()
    {
        _chain.First.Script(new ScriptAction { Status = 500 }, times: -1);

        var error = await Should.ThrowAsync<ClientResultException>(() => DotNet().GenerateImageEditAsync(Picture, "fails for .net"));

        error.Status.ShouldBe(502);
        error.GetRawResponse()!.Headers.TryGetValue("x-mpilot-replayed", out var replayed).ShouldBeTrue();
        replayed.ShouldBe("true");
        Calls().ShouldBe((1, 0));
        (await JobsAsync("fails for .net")).ShouldBe(1);
    }

    [Fact]
    public async Task DotNet_WhenItsPatienceEnds_FindsItsJobAndBuysOnce()
    {
        _chain.First.Script(new ScriptAction { Hold = "dotnet" });

        var editing = DotNet(TimeSpan.FromSeconds(5)).GenerateImageEditAsync(Picture, "outlasts .net");
        await HeldAndAttachedAsync("dotnet");
        _chain.First.Release("dotnet");

        (await editing.WaitAsync(Patience)).Value.ImageBytes.ToArray().AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
        Calls().ShouldBe((1, 1));
    }

    /// <summary>The package's version 4 sends its repeats without a body, which it has used up: nobody can recognise those.</summary>
    [Theory]
    [InlineData("openai5")]
    [InlineData("openai6")]
    [InlineData("openai")]
    public async Task OpenAi_WhenItsPatienceEnds_FindsItsJobAndBuysOnce(string sdk)
    {
        _chain.First.Script(new ScriptAction { Hold = sdk });

        var editing = NodeAsync("edit.mjs", sdk, new()
        {
            ["prompt"] = $"outlasts {sdk}", ["call"] = new JsonObject { ["timeout"] = 5000, ["maxRetries"] = 3 },
        });
        await HeldAndAttachedAsync(sdk);
        _chain.First.Release(sdk);

        ((string?)(await editing)["data"]?[0]?["b64_json"]).ShouldNotBeNull();
        Calls().ShouldBe((1, 1));
    }

    [Fact]
    public async Task Ai_WhenFourPicturesAreAskedForOneByOne_MakesFour()
    {
        var answer = await NodeAsync("ai.mjs", "ai-openai", new() { ["prompt"] = "four of a kind", ["n"] = 4, ["maxImagesPerCall"] = 1 });

        answer["data"]!.AsArray().Count.ShouldBe(4, answer.ToJsonString());
        answer["jobs"]!.AsArray().Select(j => (string?)j).ShouldBeUnique();
        Calls().ShouldBe((4, 4));
    }

    [Fact]
    public async Task Ai_WhenItIsAborted_LetsTheJobGoOnAndBuysOnce()
    {
        _chain.First.Script(new ScriptAction { Hold = "ai" });

        var answer = await NodeAsync("ai.mjs", "ai-openai", new() { ["prompt"] = "is left by ai", ["timeout"] = 5000 });
        await _chain.First.HeldAsync("ai").WaitAsync(Patience);
        _chain.First.Release("ai");

        answer["error"].ShouldNotBeNull();
        ((string?)(await _client.FinalAsync(await NewestAsync()))["status"]).ShouldBe("succeeded");
        Calls().ShouldBe((1, 1));
    }

    [Fact]
    public async Task Ai_WhenItComesBackWithItsKey_FindsItsJob()
    {
        _chain.First.Script(new ScriptAction { Hold = "key" });
        JsonObject Edit() => new() { ["prompt"] = "comes back", ["headers"] = new JsonObject { ["Idempotency-Key"] = "ai-key-1" } };
        var hasty = Edit();
        hasty["timeout"] = 5000;

        var left = await NodeAsync("ai.mjs", "ai-openai", hasty);
        await _chain.First.HeldAsync("key").WaitAsync(Patience);
        var editing = NodeAsync("ai.mjs", "ai-openai", Edit());
        _chain.First.Release("key");

        left["error"].ShouldNotBeNull();
        ((string?)(await editing)["jobs"]?[0]).ShouldBe(await NewestAsync());
        Calls().ShouldBe((1, 1));
    }

    [Fact]
    public async Task Post_WhenAHundredComeWithOneKey_MakeOneJob()
    {
        var picture = await File.ReadAllBytesAsync(Picture);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var form = EditClient.Form(picture, ("model", "openai/gpt-image-2"), ("prompt", "a storm"));
            var (response, body) = await _client.PostAsync(form, ("Idempotency-Key", "storm-1"));
            return ((int)response.StatusCode, body.ToJsonString());
        }));

        answers.Distinct().Count().ShouldBe(1);
        answers[0].Item1.ShouldBe(200, answers[0].Item2);
        Calls().ShouldBe((1, 1));
    }

    public void Dispose()
    {
        _client.Dispose();
        _files.Dispose();
    }

    private ImageClient DotNet(TimeSpan? timeout = null)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(_chain.Service.Address, "v1"), NetworkTimeout = timeout };
        return new("openai/gpt-image-2", new ApiKeyCredential("sk-anything"), options);
    }

    private Task<JsonNode> NodeAsync(string script, string sdk, JsonObject edit)
    {
        (edit["sdk"], edit["model"], edit["image"]) = (sdk, "openai/gpt-image-2", Picture);
        var service = _chain.Service.Address.GetLeftPart(UriPartial.Authority);
        return NodeScript.RunAsync(script, script == "ai.mjs" ? service : $"{service}/v1", edit.ToJsonString());
    }

    /// <summary>Completes once the newest job's call is at the gate and a second request listens to it.</summary>
    private async Task HeldAndAttachedAsync(string gate)
    {
        await _chain.First.HeldAsync(gate).WaitAsync(Patience);
        var job = await NewestAsync();
        for (var second = 0; _chain.Workspace.Query($"SELECT listener FROM answers WHERE job = '{job}'") < 2; second++)
        {
            second.ShouldBeLessThan((int)Patience.TotalSeconds, "nobody attached");
            await _client.GetAsync($"/v1/jobs/{job}?wait=1");
        }
    }

    private async Task<string> NewestAsync() => (string)(await _client.GetAsync("/v1/jobs?limit=1")).Body["first_id"]!;

    /// <summary>How many of the newest jobs have that prompt.</summary>
    private async Task<int> JobsAsync(string prompt)
    {
        var (_, newest) = await _client.GetAsync("/v1/jobs?limit=5");
        var count = 0;
        foreach (var id in newest["data"]!.AsArray().Select(j => (string)j!["id"]!))
        {
            count += (string?)(await _client.GetAsync($"/v1/jobs/{id}")).Body["prompt"] == prompt ? 1 : 0;
        }

        return count;
    }

    private (int Calls, int Purchases) Calls()
    {
        var ledger = _chain.First.Ledger.Read();
        return ((int)ledger.CallCount, (int)ledger.Purchases);
    }
}
