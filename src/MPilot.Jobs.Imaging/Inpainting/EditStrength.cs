using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>How strongly each pixel is filled, by a mask that was read.</summary>
internal static class EditStrength
{
    /// <summary>Weaker is none: lossy masks are never quite still where they should be.</summary>
    private const int Least = 8;

    /// <exception cref="EditImpossibleException">It marks nothing.</exception>
    public static Grid<byte> Of(PixelRows mask)
    {
        var strength = new Grid<byte>(mask.Width, mask.Height);
        for (var y = 0; y < mask.Height; y++)
        {
            Row(mask[y], strength.Row(y));
        }

        if (strength.Values.ContainsAnyExcept((byte)0))
        {
            return strength;
        }

        strength.Dispose();
        throw new EditImpossibleException("The mask marks nothing to fill.");
    }

    private static void Row(ReadOnlySpan<byte> mask, Span<byte> strength)
    {
        for (var x = 0; x < strength.Length; x++)
        {
            strength[x] = mask[x] < Least ? (byte)0 : mask[x];
        }
    }
}
