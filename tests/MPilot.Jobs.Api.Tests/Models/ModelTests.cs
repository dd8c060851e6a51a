using System.Text.Json;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Models;

/// <summary>Which models there are.</summary>
public sealed class ModelTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task List_WhenAsked_NamesKnownModelsThatMatchAndAliases()
    {
        var list = (await _host.GetAsync("/v1/models")).Json;

        list.GetProperty("object").GetString().ShouldBe("list");
        Ids(list).ShouldBe(["openai/gpt-image-2", "openai/gpt-image-3", "other/gpt-image-9", "other/other-1", "gpt-image-1"]);
    }

    [Fact]
    public async Task Find_WhenKnown_ShowsTheFrozenShape()
        => (await _host.GetAsync("/v1/models/gpt-image-1")).Text.ShouldBe(
            """
            {"id":"gpt-image-1","object":"model","created":0,"owned_by":"openai","alias_of":"openai/gpt-image-2",
            "capabilities":{"operations":["edit","inpainting","outpainting"],"mask":true,"max_images":16,"sizes":["1024x1024"],"qualities":[],"input_fidelities":[],
            "backgrounds":[],"output_formats":[],"partial_images":true}}
            """.ReplaceLineEndings(""));

    [Fact]
    public async Task Find_WhenItIsInTheList_ShowsTheSameRow()
    {
        foreach (var row in (await _host.GetAsync("/v1/models")).Json.GetProperty("data").EnumerateArray())
        {
            (await _host.GetAsync($"/v1/models/{row.GetProperty("id").GetString()}")).Text.ShouldBe(row.GetRawText());
        }
    }

    [Theory]
    [InlineData("openai/gpt-image-2", null)]
    [InlineData("openai%2Fgpt-image-2", null)]
    [InlineData("openai/anything", null)]
    [InlineData("gpt-image-5", "openai/gpt-image-5")]
    [InlineData("other-7", "other/other-7")]
    public async Task Find_WhenAnEditMayAskForIt_IsFound(string id, string? alias)
    {
        var answer = await _host.GetAsync($"/v1/models/{id}");

        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("id").GetString().ShouldBe(Uri.UnescapeDataString(id));
        (answer.Json.TryGetProperty("alias_of", out var target) ? target.GetString() : null).ShouldBe(alias);
    }

    [Theory]
    [InlineData("dall-e-2")]
    [InlineData("openai/nothing")]
    [InlineData("gpt-image-9")]
    [InlineData("a/b/c")]
    public async Task Find_WhenNoEditMayAskForIt_Answers404(string id)
    {
        var answer = await _host.GetAsync($"/v1/models/{id}");

        (answer.Status, answer.Code, answer.Param).ShouldBe((404, "model_not_found", "model"));
    }

    [Fact]
    public async Task List_WhenAProviderCannotWork_SaysWhy()
    {
        _host.Drivers.Unavailable["other"] = "libvips is missing";

        var rows = (await _host.GetAsync("/v1/models")).Json.GetProperty("data").EnumerateArray().ToList();

        rows.Where(r => r.TryGetProperty("unavailable", out _)).Select(r => r.GetProperty("id").GetString()).ShouldBe(["other/gpt-image-9", "other/other-1"]);
    }

    private static IEnumerable<string?> Ids(JsonElement list) => list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString());
}
