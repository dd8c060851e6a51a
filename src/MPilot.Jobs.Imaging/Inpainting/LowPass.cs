using System.Runtime.Intrinsics;

using MPilot.Jobs.Imaging.BackgroundRemoval;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>What is left of values once their fine detail is taken off.</summary>
internal static class LowPass
{
    /// <summary>Detail is what changes within about twice as many pixels.</summary>
    private const int Radius = 3;

    /// <summary>Means over squares, twice, so that no square shows. Only where the mask says yes; all else counts as nothing.</summary>
    public static Grid<Vector128<float>> Of(Grid<Vector128<float>> values, Mask mask)
    {
        var broad = new Grid<Vector128<float>>(values.Width, values.Height);
        using var across = new Grid<Vector128<float>>(values.Width, values.Height);
        Mean(values, across, mask, 1);
        Mean(across, broad, mask, values.Width);
        Mean(broad, across, mask, 1);
        Mean(across, broad, mask, values.Width);
        return broad;
    }

    private static void Mean(Grid<Vector128<float>> from, Grid<Vector128<float>> to, Mask mask, int step)
    {
        for (var i = 0; i < mask.Values.Length; i++)
        {
            if (mask.Values[i])
            {
                to.Values[i] = Mean(from, i, step);
            }
        }
    }

    private static Vector128<float> Mean(Grid<Vector128<float>> from, int at, int step)
    {
        var (place, length) = step == 1 ? (at % from.Width, from.Width) : (at / from.Width, from.Height);
        var sum = Vector128<float>.Zero;
        for (var off = -Math.Min(Radius, place); off <= Math.Min(Radius, length - 1 - place); off++)
        {
            sum += from.Values[at + (off * step)];
        }

        return sum / ((2 * Radius) + 1);
    }
}
