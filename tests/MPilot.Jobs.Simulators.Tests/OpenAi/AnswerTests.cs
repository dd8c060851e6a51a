using System.Security.Cryptography;
using System.Text.Json;
using MPilot.Jobs.Simulators.Scripting;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Simulators.Tests.OpenAi;

public sealed class AnswerTests : SimulatorFixture
{
    [Fact]
    public async Task Edit_WhenBought_AnswersTheDocumentedShape()
    {
        using var answer = await PostAsync(EditForm.Of("n=2 size=1536x1024 quality=high background=transparent"));

        var json = await JsonAsync(answer);
        Names(json).ShouldBe(["created", "data", "background", "output_format", "size", "quality", "usage"]);
        Names(json.GetProperty("usage")).ShouldBe(["total_tokens", "input_tokens", "output_tokens", "input_tokens_details", "output_tokens_details"]);
        json.GetProperty("created").GetInt64().ShouldBe(Time.GetUtcNow().ToUnixTimeSeconds());
        json.GetProperty("size").GetString().ShouldBe("1536x1024");
        json.GetProperty("data").GetArrayLength().ShouldBe(2);
        var usage = json.GetProperty("usage");
        usage.GetProperty("total_tokens").GetInt32().ShouldBe(usage.GetProperty("input_tokens").GetInt32() + usage.GetProperty("output_tokens").GetInt32());
        var inputs = usage.GetProperty("input_tokens_details");
        usage.GetProperty("input_tokens").GetInt32().ShouldBe(inputs.GetProperty("text_tokens").GetInt32() + inputs.GetProperty("image_tokens").GetInt32());
        answer.Headers.Contains("x-request-id").ShouldBeTrue();
        answer.Headers.Contains("openai-processing-ms").ShouldBeTrue();
        answer.Headers.Contains("x-ratelimit-remaining-requests").ShouldBeTrue();
    }

    [Theory]
    [InlineData("size=auto", 1024, 1024, 3)]
    [InlineData("size=1008x768", 1008, 768, 3)]
    [InlineData("size=1536x1024 background=transparent", 1536, 1024, 4)]
    public async Task Edit_WhenPng_IsDecodableInTheSizeAsked(string fields, int width, int height, int channels)
    {
        var picture = (await PicturesAsync(EditForm.Of(fields)))[0];

        var decoded = TestPicture.Decode(picture);
        (decoded.Width, decoded.Height, decoded.Channels).ShouldBe((width, height, channels));
    }

    [Fact]
    public async Task Edit_WhenCalledAgain_DrawsAnotherPicture()
    {
        var first = await PicturesAsync(EditForm.Of("n=2"));
        var second = await PicturesAsync(EditForm.Of("n=2"));

        first.Concat(second).Select(picture => Convert.ToHexString(SHA256.HashData(TestPicture.Decode(picture).Pixels))).Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData("jpeg", "FFD8FF")]
    [InlineData("webp", "52494646")]
    public async Task Edit_WhenAnotherFormatIsAsked_SendsIt(string format, string magic)
    {
        var picture = (await PicturesAsync(EditForm.Of($"output_format={format} size=1536x1024")))[0];

        Convert.ToHexString(picture).ShouldStartWith(magic);
        // What it drew it also takes: its own reader finds the size.
        using var back = await PostAsync(new EditForm().WithoutFiles().File("image", picture, $"image/{format}"));
        var part = Simulator.Ledger.Calls[^1].Parts[0];
        (part.Width, part.Height, part.Format).ShouldBe((1536, 1024, format));
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("webp")]
    public async Task Edit_WhenALargePictureIsScripted_HasAboutThatSize(string format)
    {
        Simulator.Script(new ScriptAction { PictureBytes = 1_100_000 });

        var picture = (await PicturesAsync(EditForm.Of($"output_format={format}")))[0];

        picture.Length.ShouldBeInRange(1_000_000, 1_250_000);
        if (format == "png") TestPicture.Decode(picture).Height.ShouldBe(1024);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Edit_WhenStreamed_SendsPartialsThenTheCompletedPicture(int partials)
    {
        using var answer = await PostAsync(EditForm.Of($"stream=true partial_images={partials}"));

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var frames = Frames(await answer.Content.ReadAsStringAsync());
        frames.Length.ShouldBe(partials + 1);
        frames[..^1].Select(frame => frame.Json.GetProperty("partial_image_index").GetInt32()).ShouldBe(Enumerable.Range(0, partials));
        frames[..^1].ShouldAllBe(frame => frame.Event == "image_edit.partial_image");
        frames[^1].Event.ShouldBe("image_edit.completed");
        Names(frames[^1].Json).ShouldBe(["type", "b64_json", "created_at", "size", "quality", "background", "output_format", "usage"]);
        frames.ShouldAllBe(frame => frame.Json.GetProperty("type").GetString() == frame.Event);
        frames.ShouldAllBe(frame => TestPicture.Decode(frame.Json.GetProperty("b64_json").GetBytesFromBase64()).Width == 1024);
        Simulator.Ledger.Purchases.Count.ShouldBe(1);
    }

    internal static (string Event, JsonElement Json)[] Frames(string stream) =>
    [
        .. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(frame => frame.Split('\n'))
            .Select(lines => (lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement)),
    ];

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name)];

    private async Task<byte[][]> PicturesAsync(EditForm form)
    {
        using var answer = await PostAsync(form);
        return [.. (await JsonAsync(answer)).GetProperty("data").EnumerateArray().Select(item => item.GetProperty("b64_json").GetBytesFromBase64())];
    }
}
