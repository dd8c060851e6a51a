using System.Text;

using MPilot.Jobs.Api.Tests.Support;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Api.Tests.Edits;

/// <summary>Images and masks.</summary>
public sealed class PictureRuleTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync(o => o.Pictures.MaxBytes = 200_000);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Edit_WhenImagesHaveAllTheNames_KeepsTheirOrder()
    {
        var form = Texts();
        string[] names = ["image[1]", "image", "images", "image[]", "image[0]"];
        for (var i = 0; i < names.Length; i++)
        {
            form.Picture(names[i], Png.Of(width: i + 1));
        }

        (await _host.EditAsync(form)).Status.ShouldBe(200);

        _host.Submitted.Spec.Images.Select(i => i.Facts.Stored.Width).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Theory]
    [InlineData("form-data; name=image; filename=a.png; filename*=utf-8''%2Fetc%2Fa.png", "")]
    [InlineData("form-data; filename=\"C:\\\\x\\\\\\\"a;name=b.png\"; name=\"image\"", "")]
    [InlineData("form-data; name=\"image\"", "image/png")]
    [InlineData("form-data; name=\"image\"", "application/octet-stream")]
    [InlineData("FORM-DATA;NAME=\"image\";FILENAME=\"blob\"", "text/plain")]
    public async Task Edit_WhenAFileIsDescribedOddly_IsAPicture(string disposition, string contentType)
    {
        var type = contentType.Length == 0 ? "" : $"\r\nContent-Type: {contentType}";

        var answer = await _host.EditAsync(Texts().Part($"Content-Disposition: {disposition}{type}", Png.Of()));

        answer.Status.ShouldBe(200, answer.Text);
        _host.Submitted.Spec.Images.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(16, 200)]
    [InlineData(17, 400)]
    public async Task Edit_WhenImagesAreMany_EndsAtTheirLimit(int count, int status)
    {
        var form = Texts();
        for (var i = 0; i < count; i++)
        {
            form.Picture("image[]", Png.Of());
        }

        var answer = await _host.EditAsync(form);

        answer.Status.ShouldBe(status);
        if (status == 400)
        {
            answer.Mistakes.ShouldBe(["invalid_value:image"]);
        }
    }

    [Fact]
    public async Task Edit_WhenAnImageIsNoPicture_SaysWhy()
    {
        var answer = await _host.EditAsync(Texts().Picture("image", Encoding.ASCII.GetBytes("<svg/>")).Picture("mask", Encoding.ASCII.GetBytes("GIF89a")));

        answer.Status.ShouldBe(400);
        answer.Mistakes.ShouldBe(["invalid_image_file:image", "invalid_image_file:mask"]);
        answer.Error.GetProperty("message").GetString().ShouldBe("The image is not a png, jpeg or webp picture.");
        NothingIsLeft();
    }

    [Theory]
    [InlineData("image")]
    [InlineData("mask")]
    public async Task Edit_WhenAPictureIsTooLarge_Answers413(string field)
    {
        var answer = await _host.EditAsync(Texts().Picture(field, Png.Of(length: 200_001)).Text("n", "77"));

        (answer.Status, answer.Code, answer.Param).ShouldBe((413, "body_too_large", field));
        NothingIsLeft();
    }

    [Fact]
    public async Task Edit_WhenAPictureIsLarge_PassesInPieces()
    {
        (await _host.EditAsync(Texts().Picture("image", Png.Of(length: 200_000)))).Status.ShouldBe(200);

        _host.Artifacts.Writers.ShouldAllBe(w => w.LargestWrite <= 64 << 10);
        var image = _host.Submitted.Spec.Images[0].Artifact;
        _host.Artifacts.Bytes[image.Id].ShouldBe(Png.Of(length: 200_000));
        image.Length.ShouldBe(200_000);
    }

    [Fact]
    public async Task Edit_WhenAFileInputWasLeftEmpty_CountsItAsAbsent()
    {
        var empty = "Content-Disposition: form-data; name=\"mask\"; filename=\"\"\r\nContent-Type: application/octet-stream";

        (await _host.EditAsync(Form.Minimal().Part(empty, []))).Status.ShouldBe(200);

        _host.Submitted.Spec.Mask.ShouldBeNull();
    }

    [Fact]
    public async Task Edit_WhenAFileHasAnotherName_IsRefused()
    {
        var answer = await _host.EditAsync(Form.Minimal().Picture("picture", Png.Of()));

        answer.Mistakes.ShouldBe(["unsupported_parameter:picture"]);
    }

    [Theory]
    [InlineData(8, 8, true, null, null)]
    [InlineData(8, 8, false, "white", null)]
    [InlineData(8, 8, false, "black", null)]
    [InlineData(8, 8, false, null, "invalid_mask:mask")]
    [InlineData(8, 9, true, null, "mask_mismatch:mask")]
    public async Task Edit_WhenAMaskComes_MustFitTheFirstImage(int width, int height, bool alpha, string? polarity, string? mistake)
    {
        var form = Form.Minimal().Picture("image", Png.Of(99, 99)).Picture("mask[]", Png.Of(width, height, alpha)).Text("mask_polarity", polarity ?? "");

        var answer = await _host.EditAsync(form);

        answer.Status.ShouldBe(mistake is null ? 200 : 400, answer.Text);
        (mistake is null ? [] : answer.Mistakes).ShouldBe(mistake is null ? [] : [mistake]);
    }

    [Fact]
    public async Task Edit_WhenTwoMasksCome_IsRefused()
    {
        var answer = await _host.EditAsync(Form.Minimal().Picture("mask", Png.Of()).Picture("mask", Png.Of()));

        answer.Mistakes.ShouldBe(["invalid_value:mask"]);
    }

    private static Form Texts() => new Form().Text("model", "gpt-image-2").Text("prompt", "p");

    private void NothingIsLeft()
    {
        _host.Artifacts.Bytes.ShouldBeEmpty();
        _host.Store.Artifacts.ShouldBeEmpty();
        _host.Artifacts.OpenWriters.ShouldBe(0);
    }
}
