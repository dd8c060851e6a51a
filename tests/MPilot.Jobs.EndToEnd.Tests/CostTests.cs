using System.Text.Json.Nodes;

using MPilot.Jobs.EndToEnd.Tests.Kit;
using MPilot.Jobs.Simulators.Scripting;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.EndToEnd.Tests;

/// <summary>What an edit cost, by configured prices and what the provider counted.</summary>
public sealed class CostTests : OneProviderTests
{
    private ServiceProcess _service = null!;
    private EditClient _client = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var configuration = Configurations.With(Provider, openAi =>
        {
            openAi["Retries"] = 1;
            openAi["Prices"] = Prices("""{"Models":"gpt-image-2","InputText":5,"InputImage":10,"OutputImage":40}""");
        });
        configuration["Providers"]!["backup"] = new JsonObject
        {
            ["Kind"] = "openai",
            ["BaseUrl"] = Provider.BaseUrl,
            ["Keys"] = new JsonArray(new JsonObject { ["Secret"] = "sk-test-spare" }),
            ["Prices"] = Prices("""{"Models":"gpt-*","InputText":8,"InputImage":16,"OutputImage":64}"""),
        };
        _service = await ServiceProcess.StartAsync(Workspace, configuration);
        _client = EditClient.For(_service);
    }

    public override async Task DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>
    /// Two pictures in two calls. The first goes through: 100 text and 4 image tokens in, 4,160 out. The other fails, fails again, and is then
    /// made by the other provider at its own prices.
    /// </summary>
    [Fact]
    public async Task Edit_OverARetryAndAFallback_CostsTheSumToTheLastDigit()
    {
        Provider.Script(
            new ScriptRule { Action = new() },
            new ScriptRule { Match = new() { Key = "main" }, Times = -1, Action = new() { Status = 500 } });
        using var form = Form(
            "openai/gpt-image-2", ("n", "2"), ("stream", "true"), ("quality", "high"), ("size", "1024x1024"), ("fallbacks", "backup/gpt-image-2"));

        var (_, accepted) = await _client.PostAsync(form, ("Prefer", "respond-async"));
        var job = await _client.FinalAsync((string)accepted["id"]!);
        var (_, result) = await _client.GetAsync($"/v1/jobs/{accepted["id"]}/result");

        job["attempts"]!.AsArray().Select(a => $"{a!["provider"]} {a["outcome"]}").Order()
            .ShouldBe(["backup succeeded", "openai failed", "openai failed", "openai succeeded"]);
        const string Cost = """{"amount":"0.434044","currency":"USD","known":true}""";
        job["cost"]!.ToJsonString().ShouldBe(Cost);
        result["extra_fields"]!["cost"]!.ToJsonString().ShouldBe(Cost);
        Provider.Ledger.Read().Pictures.ShouldBe(2);
    }

    [Fact]
    public async Task Edit_WhenTheModelHasNoPrice_IsUnknownAndNotZero()
        => (await CostAsync("openai/gpt-image-1.5")).ShouldBe("""{"amount":"0","currency":"USD","known":false}""");

    [Fact]
    public async Task Edit_WhenAnAttemptMayHaveBeenCharged_KnowsOnlyTheRest()
    {
        Provider.Script(new ScriptAction { EmptyData = true });

        (await CostAsync("openai/gpt-image-2", ("quality", "high"), ("size", "1024x1024"))).ShouldBe("""{"amount":"0.16694","currency":"USD","known":false}""");
    }

    [Fact]
    public async Task Edit_WhenTheProviderRefuses_CostsNothingAndTheErrorSaysSo()
    {
        Provider.Script(new ScriptAction { Moderation = true });

        (await CostAsync("openai/gpt-image-2")).ShouldBe("""{"amount":"0","currency":"USD","known":true}""");
    }

    [Fact]
    public async Task Edit_WhenTheBuiltInEditorServes_CostsNothing()
    {
        using var form = EditClient.Form(
            await File.ReadAllBytesAsync(SamplePicture.Path), ("model", "local/background-removal"), ("type", "background_removal"));

        var (response, body) = await _client.PostAsync(form);

        ((int)response.StatusCode).ShouldBe(200);
        body["extra_fields"]!["cost"]!.ToJsonString().ShouldBe("""{"amount":"0","currency":"USD","known":true}""");
    }

    private async Task<string> CostAsync(string model, params (string Name, string Value)[] fields)
    {
        using var form = Form(model, fields);
        var (_, body) = await _client.PostAsync(form);
        return body["extra_fields"]!["cost"]!.ToJsonString();
    }

    private static MultipartFormDataContent Form(string model, params (string Name, string Value)[] fields)
        => EditClient.Form(Png.Gradient(64, 64), [("model", model), ("prompt", new string('p', 400)), .. fields]);

    private static JsonArray Prices(string row) => new(JsonNode.Parse(row));
}
