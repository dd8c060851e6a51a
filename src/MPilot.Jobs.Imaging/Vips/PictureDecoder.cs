using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>Decodes a picture into memory: upright, sRGB, one byte a channel, red green blue alpha.</summary>
internal static class PictureDecoder
{
    private const int FailOnError = 2;
    private const int Sequential = 1;
    private const int Srgb = 22;
    private const int Uchar = 0;
    private const int Bands = 4;

    /// <summary>Interpretations whose ICC profiles are applied: CMYK, sRGB, 16-bit RGB.</summary>
    private static readonly int[] Coloured = [15, 22, 25];

    /// <exception cref="PictureUndecodableException">The bytes are damaged, or are not what the facts say.</exception>
    public static VipsImage Decode(Stream stream, PictureFacts facts, CancellationToken cancellationToken)
    {
        using var source = new VipsSource(stream, cancellationToken);
        try
        {
            using var loaded = Load(source, facts);
            return Upright(Rgba(loaded), facts.Orientation);
        }
        catch (VipsException exception)
        {
            source.Fault?.Throw();
            throw new PictureUndecodableException("The picture's pixels cannot be decoded.", exception);
        }
    }

    /// <summary>A rendered picture turned and mirrored as an EXIF orientation says.</summary>
    public static VipsImage Turned(VipsImage rendered, int orientation)
    {
        var (angle, mirrored) = orientation switch
        {
            1 => (0, false),
            2 => (0, true),
            3 => (2, false),
            4 => (2, true),
            5 => (1, true),
            6 => (1, false),
            7 => (3, true),
            _ => (3, false),
        };
        using var turned = new VipsOperation("rot").With("in", rendered).With("angle", angle).Make();
        using var upright = mirrored ? new VipsOperation("flip").With("in", turned).With("direction", 0).Make() : null;
        return (upright ?? turned).Render();
    }

    private static VipsImage Load(VipsSource source, PictureFacts facts)
    {
        var image = new VipsOperation($"{Loader(facts.Format)}_source")
            .WithObject("source", source.Handle).With("access", Sequential).With("fail-on", FailOnError).Make();
        if (image.Width == facts.Stored.Width && image.Height == facts.Stored.Height)
        {
            return image;
        }

        image.Dispose();
        throw new PictureUndecodableException("The picture's pixels are not of the size its header states.");
    }

    private static string Loader(PictureFormat format) => format switch
    {
        PictureFormat.Png => "pngload",
        PictureFormat.Jpeg => "jpegload",
        _ => "webpload",
    };

    private static VipsImage Rgba(VipsImage loaded)
    {
        using var managed = ColourManaged(loaded);
        using var srgb = new VipsOperation("colourspace").With("in", managed).With("space", Srgb).Make();
        using var bytes = new VipsOperation("cast").With("in", srgb).With("format", Uchar).Make();
        if (bytes.HasAlpha && bytes.Bands == Bands)
        {
            return bytes.Render();
        }

        using var rgb = new VipsOperation("extract_band").With("in", bytes).With("band", 0).With("n", Bands - 1).Make();
        using var opaque = new VipsOperation("bandjoin_const").With("in", rgb).With("c", [byte.MaxValue]).Make();
        return opaque.Render();
    }

    private static VipsImage ColourManaged(VipsImage loaded)
    {
        if (loaded.Has("icc-profile-data") && Coloured.Contains(loaded.Interpretation))
        {
            try
            {
                return new VipsOperation("icc_transform").With("in", loaded).With("embedded", value: true).With("output-profile", "srgb").Make();
            }
            catch (VipsException)
            {
                // A profile that does not fit its picture is ignored, as viewers do; the pixels are taken for sRGB below.
            }
        }

        return new VipsOperation("copy").With("in", loaded).Make();
    }

    private static VipsImage Upright(VipsImage rendered, int orientation)
    {
        if (orientation == 1)
        {
            return rendered;
        }

        using (rendered)
        {
            return Turned(rendered, orientation);
        }
    }
}
