using MPilot.Jobs.Api.Tests.Support;
using MPilot.Jobs.Domain.Edits;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Every row of the table of fields.</summary>
public sealed class FieldRuleTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("n", "0", "invalid_value")]
    [InlineData("n", "11", "invalid_value")]
    [InlineData("n", "two", "invalid_value")]
    [InlineData("n", "1\0", "invalid_value")]
    [InlineData("deadline", "1\0", "invalid_value")]
    [InlineData("n", "1.5", "invalid_value")]
    [InlineData("n", "99999999999999999999", "invalid_value")]
    [InlineData("output_compression", "-1", "invalid_value")]
    [InlineData("output_compression", "101", "invalid_value")]
    [InlineData("partial_images", "4", "invalid_value")]
    [InlineData("num_inference_steps", "0", "invalid_value")]
    [InlineData("num_inference_steps", "501", "invalid_value")]
    [InlineData("seed", "9223372036854775808", "invalid_value")]
    [InlineData("seed", "x", "invalid_value")]
    [InlineData("size", "banana", "invalid_value")]
    [InlineData("size", "1024", "invalid_value")]
    [InlineData("size", "0x5", "invalid_value")]
    [InlineData("size", "10000x5001", "invalid_value")]
    [InlineData("size", "65536x1", "invalid_value")]
    [InlineData("quality", "ultra", "invalid_value")]
    [InlineData("background", "green", "invalid_value")]
    [InlineData("input_fidelity", "medium", "invalid_value")]
    [InlineData("output_format", "gif", "invalid_value")]
    [InlineData("response_format", "bytes", "invalid_value")]
    [InlineData("type", "magic", "invalid_value")]
    [InlineData("mask_polarity", "grey", "invalid_value")]
    [InlineData("mask_polarity", "white", "invalid_value")]
    [InlineData("unsupported", "maybe", "invalid_value")]
    [InlineData("stream", "yes", "invalid_value")]
    [InlineData("webhook_url", "https://example.com/hook", "invalid_value")]
    [InlineData("webhook_url", "http://example.com/hook", "invalid_value")]
    [InlineData("output_url", "http://example.com/out", "invalid_value")]
    [InlineData("output_url[x]", "https://example.com/out", "invalid_value", "output_url")]
    [InlineData("deadline", "0", "invalid_value")]
    [InlineData("deadline", "-5", "invalid_value")]
    [InlineData("deadline", "604801", "invalid_value")]
    [InlineData("deadline", "soon", "invalid_value")]
    [InlineData("deadline", "NaN", "invalid_value")]
    [InlineData("deadline", "0.00000000001", "invalid_value")]
    [InlineData("metadata", "[]", "invalid_value")]
    [InlineData("metadata", "{\"a\":1}", "invalid_value")]
    [InlineData("metadata", "not json", "invalid_value")]
    [InlineData("metadata[]", "x", "invalid_value", "metadata")]
    [InlineData("image", "ftp://example.com/a.png", "invalid_image_file")]
    [InlineData("mask", "data:image/png;base64,AAAA", "invalid_image_file")]
    [InlineData("prompt", "a second prompt", "invalid_value")]
    public async Task Edit_WhenAFieldBreaksItsRule_IsRefusedByName(string field, string value, string code, string? param = null)
    {
        var answer = await _host.EditAsync(Form.Minimal().Text(field, value));

        answer.Status.ShouldBe(400, answer.Text);
        answer.Mistakes.ShouldBe([$"{code}:{param ?? field}"]);
        (answer.Code, answer.Param).ShouldBe((code, param ?? field));
        answer["x-should-retry"].ShouldBe("false");
        _host.Jobs.Submissions.ShouldBeEmpty();
        _host.Artifacts.Bytes.ShouldBeEmpty();
        _host.Artifacts.OpenWriters.ShouldBe(0);
    }

    [Theory]
    [InlineData("n", "10")]
    [InlineData("n", "+3")]
    [InlineData("output_compression", "0")]
    [InlineData("output_compression", "100")]
    [InlineData("num_inference_steps", "500")]
    [InlineData("seed", "-9223372036854775808")]
    [InlineData("size", "auto")]
    [InlineData("size", "333x777")]
    [InlineData("quality", "xhigh")]
    [InlineData("quality", "max")]
    [InlineData("quality", "standard")]
    [InlineData("background", "opaque")]
    [InlineData("input_fidelity", "low")]
    [InlineData("stream", "false")]
    [InlineData("stream", "False")]
    [InlineData("stream", "0")]
    [InlineData("stream", "")]
    [InlineData("n", "")]
    [InlineData("mask", "")]
    [InlineData("webhook_url", "")]
    [InlineData("deadline", "0.5")]
    [InlineData("type", "outpainting")]
    [InlineData("unsupported", "refuse")]
    public async Task Edit_WhenAFieldKeepsItsRule_IsAccepted(string field, string value)
    {
        var answer = await _host.EditAsync(Form.Minimal().Text(field, value));

        answer.Status.ShouldBe(200, answer.Text);
    }

    /// <summary>Values that only some model known here has, and values that a server decides about.</summary>
    [Theory]
    [InlineData("gpt-image-2", "quality", "ultra", 400)]
    [InlineData("gpt-image-2", "quality", "xhigh", 200)]
    [InlineData("gpt-image-2", "background", "blurred", 200)]
    [InlineData("gpt-image-2", "background", "striped", 400)]
    [InlineData("gpt-image-2", "input_fidelity", "medium", 400)]
    [InlineData("openai/any-values", "quality", "ultra", 200)]
    [InlineData("openai/any-values", "input_fidelity", "medium", 200)]
    [InlineData("openai/any-values", "output_format", "svg", 400)]
    public async Task Edit_WhenAValueIsNotOfTheTable_IsTakenWhereAModelMayKnowIt(string model, string field, string value, int status)
        => (await _host.EditAsync(Form.Minimal(model).Text(field, value))).Status.ShouldBe(status);

    [Fact]
    public async Task Edit_WhenAServerDecidesAValue_BoundsItsLength()
        => (await _host.EditAsync(Form.Minimal("openai/any-values").Text("quality", new string('q', 65)))).Mistakes.ShouldBe(["invalid_value:quality"]);

    [Theory]
    [InlineData("background=transparent", "output_format=jpeg", "output_format")]
    [InlineData("background=transparent", "output_format=jpg", "output_format")]
    [InlineData("type=background_removal", "output_format=jpeg", "output_format")]
    [InlineData("type=background_removal", "background=opaque", "background")]
    public async Task Edit_WhenTwoFieldsExcludeEachOther_IsRefusedByName(string first, string second, string param)
    {
        var form = Form.Minimal();
        foreach (var pair in new[] { first, second }.Select(f => f.Split('=')))
        {
            form.Text(pair[0], pair[1]);
        }

        (await _host.EditAsync(form)).Mistakes.ShouldBe([$"invalid_value:{param}"]);
    }

    /// <summary>The beginnings of these are Bifrost's.</summary>
    [Theory]
    [InlineData("n")]
    [InlineData("partial_images")]
    [InlineData("num_inference_steps")]
    [InlineData("seed")]
    [InlineData("output_compression")]
    public async Task Edit_WhenANumberIsNone_SaysSoAsBifrostDoes(string field)
        => (await _host.EditAsync(Form.Minimal().Text(field, "abc"))).Error.GetProperty("message").GetString()
            .ShouldBe($"invalid {field} value: it must be a 64-bit integer.");

    [Theory]
    [InlineData("quality", "hd", "high")]
    [InlineData("quality", "auto", null)]
    [InlineData("output_format", "jpg", "jpeg")]
    [InlineData("background", "auto", null)]
    [InlineData("input_fidelity", "auto", null)]
    public async Task Edit_WhenAValueHasAnotherName_MeansTheSame(string field, string value, string? expected)
    {
        await _host.EditAsync(Form.Minimal().Text(field, value));

        var spec = _host.Submitted.Spec;
        (field switch { "quality" => spec.Quality, "output_format" => spec.OutputFormat, "background" => spec.Background, _ => spec.InputFidelity }).ShouldBe(expected);
    }

    [Fact]
    public async Task Edit_WhenManyFieldsAreWrong_NamesAllInOrder()
    {
        var form = new Form().Text("n", "99").Text("quality", "ultra").Text("size", "big");

        var answer = await _host.EditAsync(form);

        answer.Status.ShouldBe(400);
        answer.Mistakes.ShouldBe(["missing_field:model", "missing_field:prompt", "missing_field:image", "invalid_value:n", "invalid_value:size", "invalid_value:quality"]);
        answer.Error.GetProperty("message").GetString().ShouldBe("model is required");
        answer.Error.GetProperty("errors")[1].GetProperty("message").GetString().ShouldBe("prompt is required");
        answer.Error.GetProperty("errors")[2].GetProperty("message").GetString().ShouldBe("at least one image is required");
        answer.Error.GetProperty("errors")[3].GetProperty("message").GetString().ShouldBe("n must be between 1 and 10, got 99.");
    }

    [Theory]
    [InlineData(256, 200)]
    [InlineData(257, 400)]
    public async Task Edit_WhenTheModelIsLong_EndsAtItsLimit(int length, int status)
        => (await _host.EditAsync(Form.Minimal("openai/".PadRight(length, 'm')))).Status.ShouldBe(status);

    [Theory]
    [InlineData("openai/gpt-image-2\0")]
    [InlineData("openai/gpt\r\nX: 1")]
    public async Task Edit_WhenTheModelHasControlCharacters_IsRefused(string model)
        => (await _host.EditAsync(Form.Minimal(model))).Mistakes.ShouldBe(["invalid_value:model"]);

    [Theory]
    [InlineData(32_000, 200)]
    [InlineData(32_001, 400)]
    public async Task Edit_WhenThePromptIsLong_EndsAtItsLimit(int length, int status)
    {
        var form = new Form().Text("model", "gpt-image-2").Text("prompt", new string('é', length)).Picture("image", Png.Of());

        (await _host.EditAsync(form)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Edit_WhenABackgroundIsRemoved_NeedsNoPrompt()
    {
        var form = new Form().Text("model", "gpt-image-2").Text("type", "background_removal").Picture("image", Png.Of());

        (await _host.EditAsync(form)).Status.ShouldBe(200);

        (_host.Submitted.Spec.Type, _host.Submitted.Spec.Prompt).ShouldBe((EditType.BackgroundRemoval, null));
    }

    [Fact]
    public async Task Edit_WhenPartialImagesComeWithoutStream_IsWarned()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text("partial_images", "2"));

        answer.Status.ShouldBe(200);
        var warning = answer.Json.GetProperty("extra_fields").GetProperty("warnings")[0];
        (warning.GetProperty("param").GetString(), warning.GetProperty("action").GetString()).ShouldBe(("partial_images", "ignored"));
    }

    [Fact]
    public async Task Edit_WhenFieldsAreUnknown_HandsThemToTheDriverAndWarns()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text("strength", "0.5").Text("image_count[a]", "x"));

        answer.Status.ShouldBe(200);
        _host.Submitted.Spec.Extra.ShouldBe(new Dictionary<string, string> { ["strength"] = "0.5", ["image_count[a]"] = "x" }, ignoreOrder: true);
        answer.Json.GetProperty("extra_fields").GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("param").GetString())
            .ShouldBe(["image_count[a]", "strength"]);
    }

    [Fact]
    public async Task Edit_WhenUnknownFieldsAreTooMany_IsRefused()
    {
        var form = Form.Minimal();
        for (var i = 10; i < 43; i++)
        {
            form.Text($"x{i}", "1");
        }

        var answer = await _host.EditAsync(form);

        (answer.Status, answer.Param).ShouldBe((400, "x42"));
    }

    [Fact]
    public async Task Edit_WhenAnUnknownNameIsLong_IsRefusedAndCut()
    {
        var answer = await _host.EditAsync(Form.Minimal().Text(new string('y', 65), "1"));

        (answer.Status, answer.Param).ShouldBe((400, new string('y', 64)));
    }

    [Fact]
    public async Task Edit_WhenTextIsNotUtf8_IsRefused()
    {
        var form = new Form().Text("model", "gpt-image-2").Picture("image", Png.Of()).Part("Content-Disposition: form-data; name=\"prompt\"", [0xC3, 0x28]);

        (await _host.EditAsync(form)).Mistakes.ShouldContain("invalid_value:prompt");
    }

    [Theory]
    [InlineData("{\"a\":\"1\",\"b\":\"2\"}", 2)]
    [InlineData("{}", 0)]
    public async Task Edit_WhenMetadataIsJson_KeepsIt(string json, int count)
    {
        await _host.EditAsync(Form.Minimal().Text("metadata", json).Text("metadata[shop]", "7"));

        _host.Submitted.Metadata.Count.ShouldBe(count + 1);
        _host.Submitted.Metadata["shop"].ShouldBe("7");
    }

    [Theory]
    [InlineData(16, 64, 512, 200)]
    [InlineData(17, 1, 1, 400)]
    [InlineData(1, 65, 1, 400)]
    [InlineData(1, 1, 513, 400)]
    public async Task Edit_WhenMetadataGrows_EndsAtItsLimits(int pairs, int keyLength, int valueLength, int status)
    {
        var form = Form.Minimal();
        for (var i = 0; i < pairs; i++)
        {
            form.Text($"metadata[{((char)('a' + i)).ToString().PadRight(keyLength, 'k')}]", new string('v', valueLength));
        }

        (await _host.EditAsync(form)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Edit_WhenADeadlineIsAsked_TakesTheFieldBeforeTheHeader()
    {
        await _host.EditAsync(Form.Minimal().Text("deadline", "60"), ("x-mpilot-deadline", "30"));
        _host.Submitted.Deadline.ShouldBe(ManualTime.Start.AddSeconds(60));

        await _host.EditAsync(Form.Minimal(), ("x-mpilot-deadline", "30"));
        _host.Submitted.Deadline.ShouldBe(ManualTime.Start.AddSeconds(30));

        await _host.EditAsync(Form.Minimal());
        _host.Submitted.Deadline.ShouldBe(ManualTime.Start.AddMinutes(15));

        var answer = await _host.EditAsync(Form.Minimal(), ("x-mpilot-deadline", "never"));
        (answer.Status, answer.Param).ShouldBe((400, "x-mpilot-deadline"));
    }
}
