using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Masks;

/// <summary>Reads how strongly each pixel of a picture is to be edited: one channel, 0 is kept, 255 repainted; of the picture's size as a person sees it.</summary>
internal static class MaskReader
{
    private const int Alpha = 3;

    /// <exception cref="EditImpossibleException">The mask is of another size than the picture it belongs to.</exception>
    /// <exception cref="PictureUndecodableException">Its bytes are damaged.</exception>
    public static VipsImage Read(Stream stream, MaskInput mask, PictureFacts source, CancellationToken cancellationToken)
    {
        var facts = mask.Picture.Facts;
        var upright = facts.Oriented == source.Oriented;
        if (!upright && facts.Oriented != source.Stored)
        {
            throw new EditImpossibleException($"The mask is {facts.Oriented}, the picture {source.Oriented}: they must be of one size.");
        }

        using var decoded = PictureDecoder.Decode(stream, facts, cancellationToken);
        if (upright)
        {
            return Strength(decoded, mask);
        }

        // Drawn over the picture as it is stored: it turns with it.
        using var strength = Strength(decoded, mask);
        return PictureDecoder.Turned(strength, source.Orientation);
    }

    /// <summary>What a picture's own transparency says.</summary>
    public static VipsImage OfAlpha(VipsImage picture)
    {
        using var alpha = new VipsOperation("extract_band").With("in", picture).With("band", Alpha).Make();
        using var strength = new VipsOperation("invert").With("in", alpha).Make();
        return strength.Render();
    }

    private static VipsImage Strength(VipsImage decoded, MaskInput mask)
    {
        var strength = OfAlpha(decoded);
        if (mask.Polarity is { } polarity && MarksNothing(strength.Rows()))
        {
            ByColour(decoded.Rows(), strength.Rows(), polarity);
        }

        return strength;
    }

    private static bool MarksNothing(PixelRows strength)
    {
        for (var y = 0; y < strength.Height; y++)
        {
            if (strength[y].ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    private static void ByColour(PixelRows mask, PixelRows strength, MaskPolarity polarity)
    {
        for (var y = 0; y < mask.Height; y++)
        {
            var row = mask[y];
            var found = strength[y];
            for (var x = 0; x < found.Length; x++)
            {
                var luminance = Luminance(row.Slice(x * mask.Bands, 3));
                found[x] = (byte)(polarity == MaskPolarity.White ? luminance : byte.MaxValue - luminance);
            }
        }
    }

    private static int Luminance(ReadOnlySpan<byte> pixel) => ((pixel[0] * 54) + (pixel[1] * 183) + (pixel[2] * 19) + 128) / 256;
}
