using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>How strongly each pixel is edited, read from a mask.</summary>
internal static class EditStrength
{
    /// <summary>Weaker is none: lossy masks are never quite still where they should be.</summary>
    private const int Least = 8;

    /// <exception cref="EditImpossibleException">It marks nothing.</exception>
    public static Grid<byte> Read(PixelRows mask, MaskPolarity? polarity)
    {
        var strength = new Grid<byte>(mask.Width, mask.Height);
        var byColour = polarity is not null && IsOpaque(mask);
        for (var y = 0; y < mask.Height; y++)
        {
            Row(mask[y], strength.Row(y), byColour ? polarity : null);
        }

        if (strength.Values.ContainsAnyExcept((byte)0))
        {
            return strength;
        }

        strength.Dispose();
        throw new EditImpossibleException("The mask marks nothing to fill.");
    }

    private static bool IsOpaque(PixelRows mask)
    {
        for (var y = 0; y < mask.Height; y++)
        {
            var row = mask[y];
            for (var x = 3; x < row.Length; x += 4)
            {
                if (row[x] < byte.MaxValue)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void Row(ReadOnlySpan<byte> row, Span<byte> strength, MaskPolarity? polarity)
    {
        for (var x = 0; x < strength.Length; x++)
        {
            var pixel = row.Slice(x * 4, 4);
            var found = polarity switch
            {
                MaskPolarity.White => Luminance(pixel),
                MaskPolarity.Black => byte.MaxValue - Luminance(pixel),
                _ => byte.MaxValue - pixel[3],
            };
            strength[x] = found < Least ? (byte)0 : (byte)found;
        }
    }

    private static int Luminance(ReadOnlySpan<byte> pixel) => ((pixel[0] * 54) + (pixel[1] * 183) + (pixel[2] * 19) + 128) / 256;
}
