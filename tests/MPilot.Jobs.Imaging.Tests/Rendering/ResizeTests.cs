using MPilot.Jobs.Imaging.Rendering;
using MPilot.Jobs.Imaging.Tests.Inpainting;
using MPilot.Jobs.Imaging.Vips;
using Shouldly;
using Xunit;

namespace MPilot.Jobs.Imaging.Tests.Rendering;

public sealed class ResizeTests
{
    [Theory]
    [InlineData(64, 128)]
    [InlineData(64, 65)]
    [InlineData(64, 89)]
    [InlineData(64, 300)]
    [InlineData(64, 63)]
    [InlineData(89, 64)]
    [InlineData(200, 64)]
    public void Resize_WhenScaled_ShiftsNothing(int from, int to)
    {
        // A slope that is shifted is too bright or too dark all along; half a pixel would be a level or more.
        var slope = 250.0 / from;
        var picture = Drawn.Of(from, from, (x, y) => ((byte)(slope * x), (byte)(slope * y), 7, 255)).Png();
        using var image = PictureDecoder.Decode(new MemoryStream(picture), Probing.Facts(picture), CancellationToken.None);
        using var red = new VipsOperation("extract_band").With("in", image).With("band", 0).Make();
        using var opaque = Resize.Opaque(image, new(to, to));
        using var transparent = Resize.Transparent(image, new(to, to));
        using var strength = Resize.Strength(red, new(to, to));

        foreach (var resized in (VipsImage[])[opaque, transparent, strength])
        {
            using var rendered = resized.Render();
            Math.Abs(TooBright(rendered, slope, (double)from / to)).ShouldBeLessThan(0.2);
        }
    }

    /// <summary>By how much the middle of the picture is too bright; colours were cut to whole levels, half a level less.</summary>
    private static double TooBright(VipsImage rendered, double slope, double scale)
    {
        var side = rendered.Width;
        double Ideal(int at) => (slope * (((at + 0.5) * scale) - 0.5)) - 0.5;
        return Enumerable.Range(side / 5, side * 3 / 5).Average(at => rendered.Rows()[side / 2][at * rendered.Bands] - Ideal(at));
    }
}
