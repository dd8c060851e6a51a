using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Models and fallbacks.</summary>
public sealed class ChainTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public static TheoryData<string, string[]> Shapes => new()
    {
        { "repeated", ["fallbacks=other/a", "fallbacks=openai/b"] },
        { "brackets", ["fallbacks[]=other/a", "fallbacks[]=openai/b"] },
        { "indexed", ["fallbacks[0]=other/a", "fallbacks[1]=openai/b"] },
        { "indexed backwards", ["fallbacks[10]=openai/b", "fallbacks[9]=other/a"] },
        { "pairs backwards", ["fallbacks[1][model]=b", "fallbacks[0][provider]=other", "fallbacks[1][provider]=openai", "fallbacks[0][model]=a"] },
        { "pairs", ["fallbacks[][provider]=other", "fallbacks[][model]=a", "fallbacks[][provider]=openai", "fallbacks[][model]=b"] },
        { "columns", ["fallbacks[0][provider]=other", "fallbacks[1][provider]=openai", "fallbacks[0][model]=a", "fallbacks[1][model]=b"] },
        { "json texts", ["fallbacks=[\"other/a\",\"openai/b\"]"] },
        { "json objects", ["fallbacks=[{\"provider\":\"other\",\"model\":\"a\"},{\"provider\":\"openai\",\"model\":\"b\"}]"] },
        { "mixed", ["fallbacks={\"provider\":\"other\",\"model\":\"a\"}", "fallbacks[]=openai/b"] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Edit_WhenFallbacksComeInAnyShape_MakesTheSameChain(string shape, string[] fields)
    {
        var form = Form.Minimal();
        foreach (var pair in fields.Select(f => f.Split('=', 2)))
        {
            form.Text(pair[0], pair[1]);
        }

        (await _host.EditAsync(form)).Status.ShouldBe(200, shape);

        _host.Submitted.Chain.Select(s => s.ToString()).ShouldBe(["openai/gpt-image-2", "other/a", "openai/b"]);
    }

    [Theory]
    [InlineData("fallbacks", "nowhere/model", "invalid_value")]
    [InlineData("fallbacks", "bare", "invalid_value")]
    [InlineData("fallbacks", "openai/nothing", "invalid_value")]
    [InlineData("fallbacks", "[\"other/a\"", "invalid_value")]
    [InlineData("fallbacks", "[1]", "invalid_value")]
    [InlineData("fallbacks", "[{\"provider\":\"other\"}]", "invalid_value")]
    [InlineData("fallbacks[][provider]", "other", "invalid_value")]
    [InlineData("fallbacks[][quality]", "high", "invalid_value")]
    [InlineData("fallbacks[x", "other/a", "invalid_value")]
    [InlineData("fallbacks[a]", "other/a", "invalid_value")]
    [InlineData("fallbacks[99999999999]", "other/a", "invalid_value")]
    [InlineData("fallbacks[-1]", "other/a", "invalid_value")]
    public async Task Edit_WhenAFallbackIsBad_IsRefused(string field, string value, string code)
    {
        var answer = await _host.EditAsync(Form.Minimal().Text(field, value));

        answer.Status.ShouldBe(400, answer.Text);
        answer.Code.ShouldBe(code);
        answer.Param.ShouldBe("fallbacks");
    }

    [Fact]
    public async Task Edit_WhenTheModelIsUnknown_Answers404()
    {
        var answer = await _host.EditAsync(Form.Minimal("nobody-has-it"));

        (answer.Status, answer.Code, answer.Param).ShouldBe((404, "model_not_found", "model"));
    }

    [Fact]
    public async Task Edit_WhenTheModelIsNotTheOnlyMistake_Answers400()
    {
        var answer = await _host.EditAsync(Form.Minimal("nobody-has-it").Text("n", "0"));

        answer.Status.ShouldBe(400);
        answer.Mistakes.ShouldBe(["invalid_value:n", "model_not_found:model"]);
    }

    [Fact]
    public async Task Edit_WhenTwoProvidersMatch_NamesBoth()
    {
        var answer = await _host.EditAsync(Form.Minimal("gpt-image-9"));

        (answer.Status, answer.Param).ShouldBe((400, "model"));
        answer.Error.GetProperty("message").GetString().ShouldBe("gpt-image-9 is served by several providers; name one of openai/gpt-image-9, other/gpt-image-9.");
    }

    [Fact]
    public async Task Edit_WhenTheDefaultModelSteps_IsWarned()
    {
        await using var host = await ApiHost.StartAsync(o => o.DefaultModel = "other/fallback");

        var answer = await host.EditAsync(Form.Minimal("nobody-has-it"));

        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("model").GetString().ShouldBe("fallback");
        answer.Json.GetProperty("extra_fields").GetProperty("model_requested").GetString().ShouldBe("nobody-has-it");
        answer.Json.GetProperty("extra_fields").GetProperty("warnings")[0].GetProperty("param").GetString().ShouldBe("model");
    }

    [Fact]
    public async Task Edit_WhenNoStepCanDoIt_NamesEveryRefusal()
    {
        var form = Form.Minimal("openai/no-size").Text("size", "64x64").Text("background", "opaque").Text("fallbacks", "other/no-size-no-background");

        var answer = await _host.EditAsync(form);

        (answer.Status, answer.Code, answer.Param).ShouldBe((400, "unsupported_parameter", "size"));
        answer.Mistakes.ShouldBe(["unsupported_parameter:size", "unsupported_parameter:size", "unsupported_parameter:background"]);
        _host.Artifacts.Bytes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edit_WhenAHintMustNotBeDropped_IsRefused()
    {
        var form = Form.Minimal("openai/no-seed").Text("seed", "1").Text("unsupported", "refuse");

        (await _host.EditAsync(form)).Param.ShouldBe("seed");
    }

    [Fact]
    public async Task Edit_WhenAStepIsSkipped_SaysSoInTheTrail()
    {
        var answer = await _host.EditAsync(Form.Minimal("openai/no-size").Text("size", "64x64").Text("fallbacks", "other/a"));

        answer.Status.ShouldBe(200);
        var trail = answer.Json.GetProperty("extra_fields").GetProperty("attempts");
        trail[0].GetRawText().ShouldBe("""{"provider":"openai","model":"no-size","outcome":"skipped","reason":"size: The model has one size only."}""");
        trail[1].GetRawText().ShouldBe("""{"attempt":1,"slots":[0],"provider":"other","model":"a","outcome":"succeeded","latency":211}""");
    }
}
