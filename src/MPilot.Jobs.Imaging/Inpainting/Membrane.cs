using System.Runtime.Intrinsics;

using MPilot.Jobs.Imaging.BackgroundRemoval;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Stretches unknown values between the known ones, as smoothly as can be (Laplace's equation), coarse to fine.</summary>
internal static class Membrane
{
    private const int Sweeps = 12;

    /// <summary>The picture with its hole filled smoothly.</summary>
    public static Grid<Vector128<float>> Over(Scale scale)
    {
        var smooth = new Grid<Vector128<float>>(scale.Width, scale.Height);
        for (var i = 0; i < smooth.Values.Length; i++)
        {
            smooth.Values[i] = Colour.Unpack(scale.Pixels.Values[i]);
        }

        using var known = scale.Hole.Inverted();
        Stretch(smooth, scale.Hole, known);
        return smooth;
    }

    /// <param name="values">Where <paramref name="unknown"/> says yes they are replaced; all zero if nothing is known.</param>
    /// <param name="known">What they are stretched between. What is neither must not touch what is unknown, and counts for nothing.</param>
    public static void Stretch(Grid<Vector128<float>> values, Mask unknown, Mask known)
    {
        if (!unknown.Values.Contains(value: true))
        {
            return;
        }

        if (values.Width > 1 || values.Height > 1)
        {
            using var coarse = new Grid<Vector128<float>>((values.Width + 1) / 2, (values.Height + 1) / 2);
            using var coarseKnown = new Mask(coarse.Width, coarse.Height);
            Halve(values, known, coarse, coarseKnown);
            using var coarseUnknown = Halved(unknown, coarseKnown);
            Stretch(coarse, coarseUnknown, coarseKnown);
            Inherit(values, unknown, coarse);
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Relax(values, unknown);
        }
    }

    private static void Halve(Grid<Vector128<float>> fine, Mask fineKnown, Grid<Vector128<float>> coarse, Mask coarseKnown)
    {
        using var counts = new Grid<int>(coarse.Width, coarse.Height);
        for (var i = 0; i < fine.Values.Length; i++)
        {
            if (fineKnown.Values[i])
            {
                var to = (i / fine.Width / 2 * coarse.Width) + (i % fine.Width / 2);
                coarse.Values[to] += fine.Values[i];
                counts.Values[to]++;
            }
        }

        for (var i = 0; i < counts.Values.Length; i++)
        {
            coarseKnown.Values[i] = counts.Values[i] > 0;
            coarse.Values[i] /= Math.Max(1, counts.Values[i]);
        }
    }

    private static Mask Halved(Mask unknown, Mask coarseKnown)
    {
        var coarse = new Mask(coarseKnown.Width, coarseKnown.Height);
        for (var i = 0; i < unknown.Values.Length; i++)
        {
            var to = (i / unknown.Width / 2 * coarse.Width) + (i % unknown.Width / 2);
            coarse.Values[to] |= unknown.Values[i] && !coarseKnown.Values[to];
        }

        return coarse;
    }

    private static void Inherit(Grid<Vector128<float>> fine, Mask unknown, Grid<Vector128<float>> coarse)
    {
        for (var i = 0; i < fine.Values.Length; i++)
        {
            if (unknown.Values[i])
            {
                fine.Values[i] = Between(coarse, ((i % fine.Width) - 0.5f) / 2, ((i / fine.Width) - 0.5f) / 2);
            }
        }
    }

    private static Vector128<float> Between(Grid<Vector128<float>> grid, float x, float y)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (partX, partY) = (x - left, y - top);
        var (x0, x1) = (Math.Max(0, left), Math.Min(grid.Width - 1, left + 1));
        var above = grid.Row(Math.Max(0, top));
        var below = grid.Row(Math.Min(grid.Height - 1, top + 1));
        var upper = above[x0] + ((above[x1] - above[x0]) * partX);
        var lower = below[x0] + ((below[x1] - below[x0]) * partX);
        return upper + ((lower - upper) * partY);
    }

    private static void Relax(Grid<Vector128<float>> grid, Mask unknown)
    {
        var values = grid.Values;
        var open = unknown.Values;
        for (var y = 0; y < grid.Height; y++)
        {
            var (up, down) = (y > 0 ? grid.Width : 0, y < grid.Height - 1 ? grid.Width : 0);
            for (var x = 0; x < grid.Width; x++)
            {
                var at = (y * grid.Width) + x;
                if (open[at])
                {
                    var (left, right) = (x > 0 ? 1 : 0, x < grid.Width - 1 ? 1 : 0);
                    values[at] = (values[at - left] + values[at + right] + values[at - up] + values[at + down]) * 0.25f;
                }
            }
        }
    }
}
