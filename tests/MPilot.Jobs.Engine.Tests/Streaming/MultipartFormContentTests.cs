using System.Text;

using Microsoft.AspNetCore.WebUtilities;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Streaming;
using MPilot.Jobs.Tests.Kit;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Engine.Tests.Streaming;

public sealed class MultipartFormContentTests
{
    private static readonly PictureFacts Png = new(PictureFormat.Png, new(8, 8), 1, true, 1);

    private readonly MemoryPictures _pictures = new();

    [Fact]
    public async Task CopyToAsync_WhenPartsAreMixed_WritesTextsFirstAndTheLengthItSaid()
    {
        var bytes = Enumerable.Range(0, 200_000).Select(i => (byte)i).ToArray();
        using var form = new MultipartFormContent(_pictures);
        form.AddPicture("image", "image-1.png", _pictures.Add("a", bytes, Png).Artifact);
        form.AddText("prompt", "Grüße \"🙂\"\r\n--x");
        form.AddText("a\"\r\nb", "1");
        form.Started.ShouldBeFalse();

        using var body = new MemoryStream();
        await form.CopyToAsync(body);

        form.Started.ShouldBeTrue();
        form.Headers.ContentLength.ShouldBe(body.Length);
        body.Position = 0;
        var boundary = form.Headers.ContentType!.Parameters.Single().Value!;
        var reader = new MultipartReader(boundary, body);
        var prompt = (await reader.ReadNextSectionAsync())!;
        prompt.ContentDisposition.ShouldBe("form-data; name=\"prompt\"");
        (await prompt.ReadAsStringAsync()).ShouldBe("Grüße \"🙂\"\r\n--x");
        (await reader.ReadNextSectionAsync())!.ContentDisposition.ShouldBe("form-data; name=\"a%22%0D%0Ab\"");
        var image = (await reader.ReadNextSectionAsync())!;
        image.ContentDisposition.ShouldBe("form-data; name=\"image\"; filename=\"image-1.png\"");
        image.ContentType.ShouldBe("image/png");
        using var read = new MemoryStream();
        await image.Body.CopyToAsync(read);
        read.ToArray().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        (await reader.ReadNextSectionAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task CopyToAsync_WhenStoredPictureEndsEarly_BlamesTheStore()
    {
        var picture = _pictures.Add("a", Encoding.ASCII.GetBytes("short"), Png).Artifact with { Length = 6 };
        using var form = new MultipartFormContent(_pictures);
        form.AddPicture("image", "image-1.png", picture);

        await Should.ThrowAsync<StoreUnavailableException>(() => form.CopyToAsync(Stream.Null));
    }
}
