using System.Net;
using MPilot.Jobs.Tests.Kit;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Simulators.Tests.OpenAi;

public sealed class FileRuleTests : SimulatorFixture
{
    private const byte Palette = 3;

    private static readonly byte[] Image = PngFile.Claiming(64, 48);

    public static TheoryData<string, string> Refusals => new()
    {
        { "none", "missing_required_parameter" },
        { "octet-stream", "unsupported_file_mimetype" },
        { "no type", "unsupported_file_mimetype" },
        { "gif", "unsupported_file_mimetype" },
        { "wrong type", "invalid_image_file" },
        { "no picture", "invalid_image_file" },
        { "seventeen", "array_above_max_length" },
        { "two named image", "duplicate_parameter" },
        { "too large", "invalid_value" },
        { "mask without alpha", "invalid_image_file" },
        { "mask of another size", "invalid_image_file" },
        { "mask as jpeg", "unsupported_file_mimetype" },
        { "markup", "unknown_parameter" },
    };

    public static TheoryData<string> Accepted => ["jpeg", "jpeg with a long head", "sixteen", "one in array", "mask", "mask with palette"];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Edit_WhenAFileIsWrong_Is400(string what, string code)
    {
        using var answer = await PostAsync(Form(what));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ErrorAsync(answer)).GetProperty("code").GetString().ShouldBe(code);
        Simulator.Ledger.Purchases.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task Edit_WhenFilesAreRight_IsBought(string what)
    {
        using var answer = await PostAsync(Form(what));

        (await answer.Content.ReadAsStringAsync()).ShouldContain("b64_json");
        Simulator.Ledger.Purchases.Count.ShouldBe(1);
    }

    private static EditForm Form(string what)
    {
        var bare = new EditForm().WithoutFiles();
        var valid = new EditForm();
        return what switch
        {
            "none" => bare,
            "octet-stream" => bare.File("image", Image, "application/octet-stream"),
            "no type" => bare.File("image", Image, null),
            "gif" => bare.File("image", [.. "GIF89a"u8, .. new byte[20]], "image/gif"),
            "wrong type" => bare.File("image", Image, "image/jpeg"),
            "no picture" => bare.File("image", new byte[100]),
            "seventeen" => Many(bare, 17),
            "sixteen" => Many(bare, 16),
            "one in array" => Many(bare, 1),
            "two named image" => valid.File("image", Image),
            "too large" => bare.File("image", [.. Image, .. new byte[50 * 1024 * 1024]]),
            "jpeg" => bare.File("image", TestPicture.Jpeg(64, 48), "image/jpeg"),
            "jpeg with a long head" => bare.File("image", TestPicture.Jpeg(64, 48, ushort.MaxValue), "image/jpeg"),
            "mask" => valid.File("mask", PngFile.Claiming(64, 48, colour: PngFile.Rgba)),
            "mask with palette" => valid.File("mask", PngFile.Claiming(64, 48, colour: Palette, extra: [PngFile.Chunk("tRNS", [0])])),
            "mask without alpha" => valid.File("mask", Image),
            "mask of another size" => valid.File("mask", PngFile.Claiming(48, 64, colour: PngFile.Rgba)),
            "mask as jpeg" => valid.File("mask", TestPicture.Jpeg(64, 48), "image/jpeg"),
            "markup" => valid.File("markup", PngFile.Claiming(64, 48, colour: PngFile.Rgba)),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }

    private static EditForm Many(EditForm form, int count)
    {
        for (var at = 0; at < count; at++) form.File("image[]", Image);
        return form;
    }
}
