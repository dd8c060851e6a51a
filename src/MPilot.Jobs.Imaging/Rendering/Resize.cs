using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Scales images to an exact size; an image of that size is not touched.</summary>
internal static class Resize
{
    private const double Half = 0.5;
    private const int Float = 6;
    private const int Uchar = 0;
    private const int ToNearest = 0;
    private const int Colours = 3;

    /// <summary>Sharp: Lanczos of three lobes where it gets smaller.</summary>
    private static readonly (int Kernel, string Interpolator) ForPictures = (5, "bicubic");

    /// <summary>Triangles: they do not overshoot, so what is kept stays 0 next to what is repainted.</summary>
    private static readonly (int Kernel, string Interpolator) ForMasks = (1, "bilinear");

    /// <summary>Red, green, blue, alpha; colours count by their alpha.</summary>
    public static VipsImage Transparent(VipsImage picture, PictureSize size)
    {
        if (picture.Size == size)
        {
            return picture.Again();
        }

        using var weighted = new VipsOperation("premultiply").With("in", picture).Make();
        using var resized = Make(weighted, size, ForPictures);
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
        using var resized = Make(colours, size, ForPictures);
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
        using var resized = Make(exact, size, ForMasks);
        return Rounded(resized);
    }

    private static VipsImage Make(VipsImage image, PictureSize size, (int Kernel, string Interpolator) filter)
    {
        var (across, down) = ((double)size.Width / image.Width, (double)size.Height / image.Height);
        using var reduced = new VipsOperation("resize").With("in", image)
            .With("scale", Math.Min(1, across)).With("vscale", Math.Min(1, down)).With("kernel", filter.Kernel).Make();
        if (reduced.Size == size)
        {
            return reduced.Again();
        }

        // Done by resize, enlarging would shift the image by half a pixel.
        return new VipsOperation("affine").With("in", reduced).With("matrix", [Math.Max(1, across), 0d, 0d, Math.Max(1, down)])
            .With("idx", Half).With("idy", Half).With("odx", -Half).With("ody", -Half).With("oarea", [0, 0, size.Width, size.Height])
            .With("extend", (int)Rim.Continued).With("premultiplied", value: true).WithInterpolator("interpolate", filter.Interpolator).Make();
    }

    private static VipsImage Rounded(VipsImage exact)
    {
        using var rounded = new VipsOperation("round").With("in", exact).With("round", ToNearest).Make();
        return new VipsOperation("cast").With("in", rounded).With("format", Uchar).Make();
    }
}
