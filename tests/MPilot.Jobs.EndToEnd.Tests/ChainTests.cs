using System.Net;
using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>What follows a failure: another key, another try, another provider, or the end; and what the trail says of it.</summary>
public sealed class ChainTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private Simulator _first = null!;
    private Simulator _second = null!;

    public async Task InitializeAsync() => (_first, _second) = (await Simulator.StartAsync(), await Simulator.StartAsync());

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _workspace.Dispose();
    }

    [Theory]
    [InlineData("credentials")]
    [InlineData("quota")]
    [InlineData("rate_limited")]
    public async Task Edit_WhenAKeyIsAtFault_TakesAnotherAtOnceAndLeavesThatOneAlone(string failure)
    {
        var fault = failure switch
        {
            "credentials" => new ScriptAction { RefuseKey = true },
            "quota" => new ScriptAction { Quota = true },
            _ => new ScriptAction { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "60" } },
        };
        _first.Script(new ScriptRule { Match = new() { Key = "-one" }, Action = fault, Times = -1 });
        var configuration = Configurations.With(_first, openAi =>
        {
            openAi.Remove("CoolDown");
            openAi["Retries"] = 0;
            openAi["Keys"] = new JsonArray(
                new JsonObject { ["Name"] = "one", ["Secret"] = "sk-test-one", ["Weight"] = 1_000_000 }, new JsonObject { ["Name"] = "two", ["Secret"] = "sk-test-two" });
        });
        await using var service = await ServiceProcess.StartAsync(_workspace, configuration);
        using var client = EditClient.For(service);

        var (status, body) = await EditAsync(client, "a");
        var (_, again) = await EditAsync(client, "b");

        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        Trail(body).ShouldBe([("failed", failure, "openai"), ("succeeded", null, "openai")]);
        Trail(again).ShouldBe([("succeeded", null, "openai")]);
        _first.Ledger.Read().Calls.Select(c => c.Key).ShouldBe(["-one", "-two", "-two"]);
        _workspace.Query("SELECT count(*) FROM purchases WHERE key = 'two' AND status = 'succeeded'").ShouldBe(2);
    }

    [Fact]
    public async Task Edit_WhenTheOnlyProviderAsksToWait_Waits()
    {
        _first.Script(new ScriptAction { Status = 429, Headers = new Dictionary<string, string> { ["retry-after-ms"] = "700" } });
        await using var service = await ServiceProcess.StartAsync(_workspace, Configurations.With(_first));
        using var client = EditClient.For(service);

        var (status, body) = await EditAsync(client, "a");

        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        var calls = _first.Ledger.Read().Calls;
        (calls[1].ArrivedAt - calls[0].ArrivedAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public async Task Edit_WhenAProviderIsKnownToFail_GoesStraightToTheNext()
    {
        _first.Script(new ScriptAction { Status = 500 });
        await using var service = await ServiceProcess.StartAsync(_workspace, TwoProviders(openAi => openAi["Breaker"] = new JsonObject { ["Failures"] = 1 }));
        using var client = EditClient.For(service);

        var (_, failed) = await EditAsync(client, "a", ("fallbacks", "second/gpt-image-2"));
        var (status, passed) = await EditAsync(client, "b", ("fallbacks", "second/gpt-image-2"));

        status.ShouldBe(HttpStatusCode.OK, passed.ToJsonString());
        Trail(failed).ShouldBe([("failed", "transient", "openai"), ("succeeded", null, "second")]);
        Trail(passed).ShouldBe([("skipped", null, "openai"), ("succeeded", null, "second")]);
        ((string)passed["extra_fields"]!["attempts"]![0]!["reason"]!).ShouldContain("no call was made");
        _first.Ledger.Read().Calls.Count.ShouldBe(1);
        _workspace.Query("SELECT count(*) FROM purchases WHERE provider = 'openai'").ShouldBe(1);
    }

    [Theory]
    [InlineData("fail", 400)]
    [InlineData("fallback", 200)]
    public async Task Edit_WhenAProviderRefusesForSafety_EndsUnlessTheCallerLetsItFallBack(string onRefusal, int status)
    {
        _first.Script(new ScriptAction { Moderation = true });
        await using var service = await ServiceProcess.StartAsync(_workspace, TwoProviders());
        using var client = EditClient.For(service);

        var (answered, body) = await EditAsync(client, "a", ("fallbacks", "second/gpt-image-2"), ("on_refusal", onRefusal));

        ((int)answered).ShouldBe(status, body.ToJsonString());
        ((string?)body["error"]?["code"]).ShouldBe(status == 400 ? "moderation_blocked" : null);
        _second.Ledger.Read().Calls.Count.ShouldBe(status == 400 ? 0 : 1);
    }

    private JsonObject TwoProviders(Action<JsonObject>? openAi = null)
    {
        var configuration = Configurations.With(_first, p => p["Retries"] = 0);
        var second = configuration["Providers"]!["openai"]!.DeepClone();
        (second["BaseUrl"], second["Models"]) = (_second.BaseUrl, new JsonArray("second-*"));
        configuration["Providers"]!["second"] = second;
        openAi?.Invoke(configuration["Providers"]!["openai"]!.AsObject());
        return configuration;
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> EditAsync(EditClient client, string prompt, params (string Name, string Value)[] fields)
    {
        using var form = EditClient.Form(Png.Gradient(), [("model", "openai/gpt-image-2"), ("prompt", prompt), .. fields]);
        var (response, body) = await client.PostAsync(form);
        return (response.StatusCode, body);
    }

    private static IEnumerable<(string Outcome, string? Failure, string Provider)> Trail(JsonNode answer)
        => answer["extra_fields"]!["attempts"]!.AsArray().Select(a => ((string)a!["outcome"]!, (string?)a["failure"], (string)a["provider"]!));
}
