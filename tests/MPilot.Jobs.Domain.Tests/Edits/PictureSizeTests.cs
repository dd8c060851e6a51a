using MPilot.Jobs.Domain.Edits;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Domain.Tests.Edits;

public sealed class PictureSizeTests
{
    [Theory]
    [InlineData("1x1", 1, 1)]
    [InlineData("1024x1536", 1024, 1536)]
    [InlineData("65535x65535", 65535, 65535)]
    public void TryParse_WhenBothSidesAreInRange_ReadsThem(string text, int width, int height)
    {
        PictureSize.TryParse(text, out var size).ShouldBeTrue();

        size.ShouldBe(new PictureSize(width, height));
        size.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1024")]
    [InlineData("1024x")]
    [InlineData("x1024")]
    [InlineData("0x1")]
    [InlineData("1x0")]
    [InlineData("65536x1")]
    [InlineData("1x65536")]
    [InlineData("99999999999x1")]
    [InlineData("-1x1")]
    [InlineData("+1x1")]
    [InlineData("1 x1")]
    [InlineData(" 1x1")]
    [InlineData("1x1 ")]
    [InlineData("1x1\0")]
    [InlineData("1\0x1")]
    [InlineData("1,000x1")]
    [InlineData("1.0x1")]
    [InlineData("1X1")]
    [InlineData("1×1")]
    [InlineData("1x2x3")]
    [InlineData("١x١")]
    [InlineData("auto")]
    public void TryParse_WhenItIsNotTwoPlainNumbersInRange_SaysNo(string text)
    {
        PictureSize.TryParse(text, out var size).ShouldBeFalse();

        size.ShouldBe(default);
    }

    [Fact]
    public void Pixels_WhenBothSidesAreLargest_DoesNotOverflow() => new PictureSize(65535, 65535).Pixels.ShouldBe(4_294_836_225L);
}
