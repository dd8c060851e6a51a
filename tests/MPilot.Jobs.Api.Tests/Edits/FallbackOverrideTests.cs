using System.Text.Json;

using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>What an entry of <c>fallbacks</c> may have of its own.</summary>
public sealed class FallbackOverrideTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public static TheoryData<string, string[]> Shapes => new()
    {
        { "json array", ["fallbacks=[\"other/a\",{\"provider\":\"openai\",\"model\":\"b\",\"quality\":\"low\",\"seed\":5,\"zoom\":2}]"] },
        { "json as repeated fields", ["fallbacks=other/a", "fallbacks={\"provider\":\"openai\",\"model\":\"b\",\"seed\":\"5\",\"quality\":\"low\",\"zoom\":\"2\"}"] },
        { "json with absent values", ["fallbacks=[{\"provider\":\"other\",\"model\":\"a\",\"size\":null,\"prompt\":\"\"},{\"quality\":\"low\",\"seed\":5.0,\"zoom\":2,\"provider\":\"openai\",\"model\":\"b\"}]"] },
        { "numbered", ["fallbacks[0]=other/a", "fallbacks[1][provider]=openai", "fallbacks[1][model]=b", "fallbacks[1][quality]=low", "fallbacks[1][seed]=5", "fallbacks[1][zoom]=2"] },
        {
            "numbered backwards",
            ["fallbacks[1][zoom]=2", "fallbacks[1][quality]=low", "fallbacks[1][model]=b", "fallbacks[1][seed]=5", "fallbacks[0][model]=a", "fallbacks[1][provider]=openai", "fallbacks[0][provider]=other"]
        },
        {
            "empty brackets",
            ["fallbacks[][provider]=other", "fallbacks[][model]=a", "fallbacks[][provider]=openai", "fallbacks[][model]=b", "fallbacks[][quality]=low", "fallbacks[][seed]=5", "fallbacks[][zoom]=2"]
        },
        { "mixed", ["fallbacks[]=other/a", "fallbacks[][quality]=low", "fallbacks[][provider]=openai", "fallbacks[][model]=b", "fallbacks[][seed]=5", "fallbacks[][zoom]=2"] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Edit_WhenAnEntryOverridesInAnyShape_HasItsOwnEdit(string shape, string[] fields)
    {
        var answer = await _host.EditAsync(With(Form.Minimal().Text("quality", "high").Text("background", "opaque"), fields));

        answer.Status.ShouldBe(200, $"{shape} {answer.Text}");
        var job = _host.Submitted;
        job.Chain.Select(s => s.ToString()).ShouldBe(["openai/gpt-image-2", "other/a", "openai/b"]);
        job.Chain.Take(2).ShouldAllBe(s => s.Spec == null);
        (job.Spec.Quality, job.Spec.Seed, job.Spec.Extra.Count).ShouldBe(("high", null, 0));
        var own = job.Chain[2].Spec!;
        (own.Quality, own.Seed, own.Extra["zoom"]).ShouldBe(("low", 5, "2"));
        (own.Prompt, own.Background, own.Count, own.Images[0]).ShouldBe((job.Spec.Prompt, "opaque", 1, job.Spec.Images[0]));
    }

    [Fact]
    public async Task Edit_WhenEverythingIsOverridden_EachIsTheEntrys()
    {
        const string Entry = """
            {"provider":"other","model":"a","prompt":"other words","type":"background_removal","size":"64x32","quality":"hd","background":"transparent","input_fidelity":"low",
             "output_format":"webp","output_compression":7,"negative_prompt":"no cats","seed":9,"num_inference_steps":20}
            """;

        (await _host.EditAsync(With(Form.Minimal().Text("stream", "true").Text("partial_images", "1"), [$"fallbacks={Entry}"]))).Status.ShouldBe(200);

        var (edit, own) = (_host.Submitted.Spec, _host.Submitted.Chain[1].Spec!);
        own.ShouldBe(edit with
        {
            Prompt = "other words", Type = EditType.BackgroundRemoval, Size = new(64, 32), Quality = "high", Background = "transparent", InputFidelity = "low",
            OutputFormat = "webp", OutputCompression = 7, NegativePrompt = "no cats", Seed = 9, InferenceSteps = 20, Images = own.Images, Extra = own.Extra,
        });
        (own.Stream, own.PartialImages).ShouldBe((true, 1));
    }

    [Fact]
    public async Task Edit_WhenAnEntrySaysAuto_TakesTheEditsValueAway()
    {
        (await _host.EditAsync(With(Form.Minimal().Text("quality", "high").Text("size", "64x64"), ["fallbacks={\"provider\":\"other\",\"model\":\"no-size\",\"size\":\"auto\",\"quality\":\"auto\"}"])))
            .Status.ShouldBe(200);

        var step = _host.Submitted.Chain[1];
        (step.Spec!.Quality, step.Spec.Size, step.IsSkipped).ShouldBe((null, null, false));
    }

    [Theory]
    [InlineData("n", "2", "unsupported_parameter:fallbacks[0].n")]
    [InlineData("image", "\"x\"", "unsupported_parameter:fallbacks[0].image")]
    [InlineData("images", "[]", "unsupported_parameter:fallbacks[0].images")]
    [InlineData("mask", "\"x\"", "unsupported_parameter:fallbacks[0].mask")]
    [InlineData("mask_polarity", "\"white\"", "unsupported_parameter:fallbacks[0].mask_polarity")]
    [InlineData("stream", "true", "unsupported_parameter:fallbacks[0].stream")]
    [InlineData("partial_images", "1", "unsupported_parameter:fallbacks[0].partial_images")]
    [InlineData("response_format", "\"url\"", "unsupported_parameter:fallbacks[0].response_format")]
    [InlineData("metadata", "{}", "unsupported_parameter:fallbacks[0].metadata")]
    [InlineData("deadline", "5", "unsupported_parameter:fallbacks[0].deadline")]
    [InlineData("webhook_url", "\"https://x\"", "unsupported_parameter:fallbacks[0].webhook_url")]
    [InlineData("output_url", "\"https://x\"", "unsupported_parameter:fallbacks[0].output_url")]
    [InlineData("user", "\"u\"", "unsupported_parameter:fallbacks[0].user")]
    [InlineData("unsupported", "\"refuse\"", "unsupported_parameter:fallbacks[0].unsupported")]
    [InlineData("fallbacks", "[]", "unsupported_parameter:fallbacks[0].fallbacks")]
    [InlineData("params", "{\"quality\":\"low\"}", "unsupported_parameter:fallbacks[0].params")]
    [InlineData("quality", "\"nonsense\"", "invalid_value:fallbacks[0].quality")]
    [InlineData("quality", "1", "invalid_value:fallbacks[0].quality")]
    [InlineData("size", "\"big\"", "invalid_value:fallbacks[0].size")]
    [InlineData("seed", "1.5", "invalid_value:fallbacks[0].seed")]
    [InlineData("output_compression", "101", "invalid_value:fallbacks[0].output_compression")]
    [InlineData("num_inference_steps", "0", "invalid_value:fallbacks[0].num_inference_steps")]
    [InlineData("background", "\"blurry\"", "invalid_value:fallbacks[0].background")]
    public async Task Edit_WhenAnOverrideCannotBe_IsRefusedByItsPlace(string name, string value, string mistake)
    {
        var entry = $$"""{"provider":"other","model":"a","{{name}}":{{value}}}""";

        var json = await _host.JsonAsync($$"""{"model":"gpt-image-2","prompt":"p","image":"{{Drawn}}","fallbacks":[{{entry}}]}""");
        var form = await _host.EditAsync(With(Form.Minimal(), [$"fallbacks={entry}"]));

        foreach (var answer in new[] { json, form })
        {
            (answer.Status, answer.Mistakes.ShouldHaveSingleItem()).ShouldBe((400, mistake), answer.Text);
            answer.Error.GetProperty("message").GetString().ShouldStartWith("fallbacks[0]: ");
        }
    }

    [Fact]
    public async Task Edit_WhenSeveralEntriesAreWrong_NamesEachByItsPlace()
    {
        string[] fields =
        [
            "fallbacks[1][provider]=other", "fallbacks[1][model]=b", "fallbacks[1][quality]=nonsense", "fallbacks[1][n]=2", "fallbacks[0][provider]=other", "fallbacks[0][model]=a",
            "fallbacks[0][size]=big", "size=huge", "quality=nonsense",
        ];

        var answer = await _host.EditAsync(With(Form.Minimal(), fields));

        answer.Mistakes.ShouldBe(
        [
            "invalid_value:size", "invalid_value:quality", "invalid_value:fallbacks[0].size", "unsupported_parameter:fallbacks[1].n", "invalid_value:fallbacks[1].quality",
        ]);
    }

    [Fact]
    public async Task Edit_WhenAnOverrideDoesNotGoWithTheRest_IsRefused()
    {
        var answer = await _host.EditAsync(With(Form.Minimal().Text("output_format", "jpeg"), ["fallbacks={\"provider\":\"other\",\"model\":\"a\",\"background\":\"transparent\"}"]));

        answer.Mistakes.ShouldBe(["invalid_value:fallbacks[0].output_format"]);
    }

    [Fact]
    public async Task Edit_WhenAnOverrideNeedsAMask_IsRefused()
    {
        var form = new Form().Text("model", "gpt-image-2").Text("prompt", "p").Picture("image", Png.Of(alpha: false));

        var answer = await _host.EditAsync(With(form, ["fallbacks={\"provider\":\"other\",\"model\":\"a\",\"type\":\"inpainting\"}"]));

        answer.Mistakes.ShouldBe(["missing_field:fallbacks[0].mask"]);
    }

    [Fact]
    public async Task Edit_WhenAnOverrideIsGivenTwice_IsRefused()
    {
        (await _host.EditAsync(With(Form.Minimal(), ["fallbacks={\"provider\":\"other\",\"model\":\"a\",\"size\":\"64x64\",\"size\":\"32x32\"}"])))
            .Mistakes.ShouldBe(["invalid_value:fallbacks[0].size"]);
        (await _host.EditAsync(With(Form.Minimal(), ["fallbacks[0][provider]=other", "fallbacks[0][model]=a", "fallbacks[0][size]=64x64", "fallbacks[0][size]=32x32"])))
            .Mistakes.ShouldBe(["invalid_value:fallbacks"]);
    }

    [Fact]
    public async Task Edit_WhenAFallbackServes_SaysWhatItWasAskedFor()
    {
        _host.Jobs.Outcome = (job, attempt) => attempt.Step == 0 ? InstantJobs.Fail(FailureKind.Transient) : _host.Jobs.Deliver(job, attempt);
        string[] fields = ["fallbacks={\"provider\":\"other\",\"model\":\"a\",\"quality\":\"low\",\"background\":\"transparent\"}", "quality=high", "background=opaque"];

        var answer = await _host.EditAsync(With(Form.Minimal(), fields));
        var stream = await _host.EditAsync(With(Form.Minimal().Text("stream", "true"), fields));

        (answer.Json.GetProperty("quality").GetString(), answer.Json.GetProperty("background").GetString()).ShouldBe(("low", "transparent"));
        var frame = JsonDocument.Parse(stream.Text.Split('\n').Single(l => l.StartsWith("data: ", StringComparison.Ordinal))[6..]).RootElement;
        (frame.GetProperty("quality").GetString(), frame.GetProperty("background").GetString()).ShouldBe(("low", "transparent"));
    }

    [Fact]
    public async Task Plan_WhenAnEntryOverrides_IsOfItsOwnEdit()
    {
        string[] fields = ["size=64x64", "fallbacks=other/no-size", "fallbacks={\"provider\":\"other\",\"model\":\"no-size\",\"size\":\"auto\"}"];

        var plan = await _host.EditAsync(With(Form.Minimal(), fields), "/v1/images/edits/plan");

        plan.Json.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("usable").GetBoolean()).ShouldBe([true, false, true]);
        plan.Json.GetProperty("steps")[2].GetProperty("parameters").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Edit_WhenOnlyAnOverrideDiffers_IsAnotherEditUnderItsKey()
    {
        var key = ("Idempotency-Key", "k");
        (await _host.EditAsync(Low("low"), key)).Status.ShouldBe(200);

        (await _host.EditAsync(Low("low"), key)).Status.ShouldBe(200);
        (await _host.EditAsync(Low("high"), key)).Code.ShouldBe("idempotency_key_reused");

        static Form Low(string quality) => With(Form.Minimal(), ["fallbacks={\"provider\":\"other\",\"model\":\"a\",\"quality\":\"" + quality + "\"}"]);
    }

    private static string Drawn => $"data:image/png;base64,{Convert.ToBase64String(Png.Of())}";

    private static Form With(Form form, string[] fields)
        => fields.Select(f => f.Split('=', 2)).Aggregate(form, (filled, pair) => filled.Text(pair[0], pair[1]));
}
