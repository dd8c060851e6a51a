using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Finds the least and the greatest strength.</summary>
internal static class StrengthMeasuring
{
    public static StrengthRange Of(PixelRows strength)
    {
        var (least, greatest) = (byte.MaxValue, byte.MinValue);
        for (var y = 0; y < strength.Height && (least, greatest) != (byte.MinValue, byte.MaxValue); y++)
        {
            foreach (var value in strength[y])
            {
                least = Math.Min(least, value);
                greatest = Math.Max(greatest, value);
            }
        }

        return new(least, greatest);
    }
}
