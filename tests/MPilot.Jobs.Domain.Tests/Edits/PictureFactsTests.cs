using MPilot.Jobs.Domain.Edits;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Edits;

public sealed class PictureFactsTests
{
    [Theory]
    [InlineData(1, 40, 30)]
    [InlineData(2, 40, 30)]
    [InlineData(3, 40, 30)]
    [InlineData(4, 40, 30)]
    [InlineData(5, 30, 40)]
    [InlineData(6, 30, 40)]
    [InlineData(7, 30, 40)]
    [InlineData(8, 30, 40)]
    public void Oriented_WhenThePictureLiesOnItsSide_SwapsTheSides(int orientation, int width, int height)
        => new PictureFacts(PictureFormat.Jpeg, new(40, 30), 1, false, orientation).Oriented.ShouldBe(new PictureSize(width, height));

    [Theory]
    [InlineData(PictureFormat.Png, "image/png", "png")]
    [InlineData(PictureFormat.Jpeg, "image/jpeg", "jpeg")]
    [InlineData(PictureFormat.Webp, "image/webp", "webp")]
    public void ContentType_ForEveryFormat_IsItsMediaTypeAndName(PictureFormat format, string contentType, string name)
    {
        var facts = new PictureFacts(format, new(1, 1), 1, false, 1);

        facts.ContentType.ShouldBe(contentType);
        facts.FormatName.ShouldBe(name);
    }

    [Fact]
    public void ContentType_ForTheFormatsThereAre_NamesEachOnce()
    {
        var formats = Enum.GetValues<PictureFormat>();

        formats.Select(f => new PictureFacts(f, new(1, 1), 1, false, 1).ContentType).Distinct().Count().ShouldBe(formats.Length);
    }
}
