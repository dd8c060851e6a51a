using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Scales images to an exact size; an image of that size is not touched.</summary>
internal static class Resize
{
    /// <summary>Lanczos, three lobes: sharp.</summary>
    private const int PictureKernel = 5;

    /// <summary>Triangle: does not overshoot, so what is kept stays 0 next to what is repainted.</summary>
    private const int MaskKernel = 1;

    private const int Float = 6;
    private const int Uchar = 0;
    private const int ToNearest = 0;
    private const int Colours = 3;

    /// <summary>Red, green, blue, alpha; colours count by their alpha.</summary>
    public static VipsImage Transparent(VipsImage picture, PictureSize size)
    {
        if (picture.Size == size)
        {
            return picture.Again();
        }

        using var weighted = new VipsOperation("premultiply").With("in", picture).Make();
        using var resized = Make(weighted, size, PictureKernel);
        using var plain = new VipsOperation("unpremultiply").With("in", resized).Make();
        return Rounded(plain);
    }

    /// <summary>Red, green, blue, alpha, the last being 255 everywhere.</summary>
    public static VipsImage Opaque(VipsImage picture, PictureSize size)
    {
        if (picture.Size == size)
        {
            return picture.Again();
        }

        using var colours = new VipsOperation("extract_band").With("in", picture).With("band", 0).With("n", Colours).Make();
        using var resized = Make(colours, size, PictureKernel);
        return new VipsOperation("bandjoin_const").With("in", resized).With("c", [byte.MaxValue]).Make();
    }

    /// <summary>How strongly to edit.</summary>
    public static VipsImage Strength(VipsImage strength, PictureSize size)
    {
        if (strength.Size == size)
        {
            return strength.Again();
        }

        // In whole numbers the weights do not quite add up, and 255 would not stay 255.
        using var exact = new VipsOperation("cast").With("in", strength).With("format", Float).Make();
        using var resized = Make(exact, size, MaskKernel);
        return Rounded(resized);
    }

    private static VipsImage Make(VipsImage image, PictureSize size, int kernel) => new VipsOperation("resize").With("in", image)
        .With("scale", (double)size.Width / image.Width).With("vscale", (double)size.Height / image.Height).With("kernel", kernel).Make();

    private static VipsImage Rounded(VipsImage exact)
    {
        using var rounded = new VipsOperation("round").With("in", exact).With("round", ToNearest).Make();
        return new VipsOperation("cast").With("in", rounded).With("format", Uchar).Make();
    }
}
