using System.Net;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Simulators.Tests.OpenAi;

public sealed class StrictnessTests : SimulatorFixture
{
    [Theory]
    [InlineData("strength=1", "unknown_parameter", "strength")]
    [InlineData("seed=1", "unknown_parameter", "seed")]
    [InlineData("response_format=b64_json", "unknown_parameter", "response_format")]
    [InlineData("complexity=low", "unknown_parameter", "complexity")]
    [InlineData("input_fidelity=high", "invalid_input_fidelity_model", "input_fidelity")]
    [InlineData("model=gpt-image-2.6-flare input_fidelity=low", "invalid_input_fidelity_model", "input_fidelity")]
    [InlineData("model=gpt-image-1-mini input_fidelity=high", "invalid_value", "input_fidelity")]
    [InlineData("n=0", "integer_below_min_value", "n")]
    [InlineData("n=11", "integer_above_max_value", "n")]
    [InlineData("n=two", "invalid_type", "n")]
    [InlineData("stream=yes", "invalid_value", "stream")]
    [InlineData("partial_images=4", "integer_above_max_value", "partial_images")]
    [InlineData("size=1000x1000", "invalid_value", "size")]
    [InlineData("size=big", "invalid_value", "size")]
    [InlineData("size=512x512", "invalid_value", "size")]
    [InlineData("size=3856x1024", "invalid_value", "size")]
    [InlineData("size=2048x672", "invalid_value", "size")]
    [InlineData("size=3840x2176", "invalid_value", "size")]
    [InlineData("model=gpt-image-1.5 size=1536x1536", "invalid_value", "size")]
    [InlineData("quality=standard", "invalid_value", "quality")]
    [InlineData("quality=xhigh", "invalid_value", "quality")]
    [InlineData("background=white", "invalid_value", "background")]
    [InlineData("background=transparent output_format=jpeg", "invalid_value", "background")]
    [InlineData("output_format=svg", "invalid_value", "output_format")]
    [InlineData("output_compression=50", "invalid_value", "output_compression")]
    [InlineData("output_format=webp output_compression=101", "integer_above_max_value", "output_compression")]
    [InlineData("model=gpt-image-2.6-flare frame_count=3", "invalid_value", "frame_count")]
    [InlineData("model=gpt-image-2.6-flare output_format=gif stream=true", "invalid_value", "stream")]
    public async Task Edit_WhenAFieldIsWrong_Is400(string fields, string code, string param)
    {
        using var answer = await PostAsync(EditForm.Of(fields));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await ErrorAsync(answer);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("param").GetString().ShouldBe(param);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        Simulator.Ledger.Purchases.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("size=3840x2160")]
    [InlineData("size=1440x480")]
    [InlineData("model=gpt-image-1.5 size=1536x1024 input_fidelity=high")]
    [InlineData("model=gpt-image-1-mini input_fidelity=low")]
    [InlineData("model=gpt-image-2-2026-04-21 quality=high user=u-1")]
    [InlineData("model=gpt-image-2.5-sunburst quality=max")]
    [InlineData("model=gpt-image-2.6-sunburst complexity=high output_format=svg")]
    [InlineData("model=gpt-image-2.6-flare output_format=gif frame_count=2 frame_duration_ms=20")]
    [InlineData("output_format=jpeg output_compression=0")]
    [InlineData("background=transparent output_format=webp")]
    [InlineData("n=2 safety_identifier=s")]
    public async Task Edit_WhenFieldsAreRight_IsBought(string fields)
    {
        using var answer = await PostAsync(EditForm.Of(fields));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Simulator.Ledger.Purchases.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("gpt-image-1")]
    [InlineData("dall-e-2")]
    [InlineData("other")]
    public async Task Edit_WhenTheModelIsUnknownOrRetired_Is404(string model)
    {
        using var answer = await PostAsync(EditForm.Of($"model={model}"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ErrorAsync(answer)).GetProperty("code").GetString().ShouldBe("model_not_found");
    }

    [Fact]
    public async Task Edit_WhenStreamingSeveral_Is400InTheObservedWords()
    {
        using var answer = await PostAsync(EditForm.Of("n=2 stream=true"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ErrorAsync(answer)).GetProperty("message").GetString().ShouldBe("Streaming is only supported with n=1.");
    }

    [Theory]
    [InlineData("", "missing_required_parameter")]
    [InlineData("x32001", "string_above_max_length")]
    public async Task Edit_WhenThePromptIsMissingOrTooLong_Is400(string prompt, string code)
    {
        using var answer = await PostAsync(new EditForm().With("prompt", prompt == "" ? "" : new string('x', 32_001)));

        (await ErrorAsync(answer)).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Edit_WhenAFieldIsRepeated_Is400()
    {
        using var answer = await PostAsync(new EditForm().Again("prompt", "other"));

        (await ErrorAsync(answer)).GetProperty("code").GetString().ShouldBe("duplicate_parameter");
    }

    [Fact]
    public async Task Edit_WhenTheImageIsText_Is400()
    {
        using var answer = await PostAsync(new EditForm().WithoutFiles().With("image", "https://example.com/a.png"));

        (await ErrorAsync(answer)).GetProperty("code").GetString().ShouldBe("invalid_type");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("other-1234")]
    public async Task Edit_WhenTheKeyIsMissingOrNoKey_Is401(string? secret)
    {
        Client.DefaultRequestHeaders.Authorization = secret is null ? null : new("Bearer", secret);

        using var answer = await PostAsync(new EditForm());

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("\"code\":\"invalid_api_key\"");
        if (secret is not null) text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Edit_WhenTheBodyIsNoForm_Is400()
    {
        using var answer = await Client.PostAsync("/v1/images/edits", Json("{}"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Edit_WhenTheFormEndsEarly_Is400()
    {
        using var whole = new EditForm().ToContent();
        var bytes = await whole.ReadAsByteArrayAsync();
        using var content = new ByteArrayContent(bytes[..^20]);
        content.Headers.ContentType = whole.Headers.ContentType;

        using var answer = await Client.PostAsync("/v1/images/edits", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Models_WhenAsked_ListsWhatIsServed()
    {
        using var answer = await Client.GetAsync("/v1/models");

        var ids = (await JsonAsync(answer)).GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()).ToArray();
        ids.ShouldContain("gpt-image-2");
        ids.ShouldNotContain("gpt-image-1");
    }
}
