using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Paints the hole: each pixel becomes the mean of what the matches of all patches over it say, by their likeness and their nearness to known pixels.</summary>
internal static class Vote
{
    /// <summary>By how much a vote counts less for every pixel further into the hole.</summary>
    private const float Trust = 1.2f;

    private const int Deepest = 40;

    /// <summary>The cost that counts as usual is that of this share of the targets, seen on a sample.</summary>
    private const double UsualShare = 0.9;

    private const int Sample = 2048;

    /// <param name="sharpness">How much more likeness counts than the usual; 0 for not at all.</param>
    public static void Paint(Scale scale, float sharpness)
    {
        using var weights = Weights(scale, sharpness);
        var hole = scale.Hole.Values;
        var pixels = scale.Pixels.Values;
        for (var i = 0; i < hole.Length; i++)
        {
            if (hole[i])
            {
                pixels[i] = Colour.Pack(At(scale, weights.Values, i % scale.Width, i / scale.Width));
            }
        }
    }

    /// <summary>What the patches over a pixel say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> At(Scale scale, ReadOnlySpan<float> weights, int x, int y)
    {
        ReadOnlySpan<int> match = scale.Match.Values;
        ReadOnlySpan<uint> pixels = scale.Pixels.Values;
        var (sum, all) = (Vector128<float>.Zero, 0f);
        var (left, right) = (Math.Max(0, x - Patch.Side + 1), Math.Min(x, scale.Width - Patch.Side));
        var bottom = Math.Min(y, scale.Height - Patch.Side);
        for (var row = Math.Max(0, y - Patch.Side + 1); row <= bottom; row++)
        {
            for (var patch = (row * scale.Width) + left; patch <= (row * scale.Width) + right; patch++)
            {
                var from = match[patch];
                if (from < 0)
                {
                    continue;
                }

                var weight = weights[patch];
                all += weight;
                sum += Colour.Unpack(pixels[from + (y * scale.Width) + x - patch]) * weight;
            }
        }

        return sum / Math.Max(all, float.Epsilon);
    }

    public static Grid<float> Weights(Scale scale, float sharpness)
    {
        var weights = new Grid<float>(scale.Width, scale.Height);
        var usual = Usual(scale);
        Span<float> trust = stackalloc float[Deepest + 1];
        for (var depth = 0; depth <= Deepest; depth++)
        {
            trust[depth] = MathF.Pow(Trust, -depth);
        }

        var cost = scale.Cost.Values;
        var depths = scale.Depth.Values;
        var centre = Patch.Radius * (scale.Width + 1);
        foreach (var target in scale.Targets)
        {
            var likeness = MathF.Exp(-Math.Min(20, sharpness * cost[target] / usual));
            weights.Values[target] = Math.Max(1e-12f, likeness * trust[Math.Min(Deepest, depths[target + centre])]);
        }

        return weights;
    }

    private static float Usual(Scale scale)
    {
        var targets = scale.Targets;
        Span<int> sample = stackalloc int[Math.Min(Sample, targets.Length)];
        for (var i = 0; i < sample.Length; i++)
        {
            sample[i] = scale.Cost.Values[targets[(int)((long)i * targets.Length / sample.Length)]];
        }

        sample.Sort();
        return sample.IsEmpty ? 1 : Math.Max(1, sample[(int)(sample.Length * UsualShare)]);
    }
}
