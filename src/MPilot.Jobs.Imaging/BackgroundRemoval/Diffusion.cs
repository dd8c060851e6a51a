namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Spreads known values over the whole plane: near a known value it is that, far from all it is the mean of the nearest.</summary>
internal static class Diffusion
{
    private const float Enough = 0.05f;

    /// <param name="values">Values times their weights; becomes the spread values.</param>
    /// <param name="weights">How much each is known, 0..1; is not kept.</param>
    public static void Spread(Plane values, Plane weights)
    {
        if (values.Width > 1 || values.Height > 1)
        {
            using var coarse = Halved(values);
            using var coarseWeights = Halved(weights);
            Spread(coarse, coarseWeights);
            Fill(values, weights, coarse);
            return;
        }

        values.Values[0] = weights.Values[0] > 0 ? values.Values[0] / weights.Values[0] : 0;
    }

    private static Plane Halved(Plane plane)
    {
        var half = new Plane((plane.Width + 1) / 2, (plane.Height + 1) / 2);
        for (var y = 0; y < plane.Height; y++)
        {
            var from = plane.Row(y);
            var to = half.Row(y / 2);
            for (var x = 0; x < from.Length; x++)
            {
                to[x / 2] += from[x] * 0.25f;
            }
        }

        return half;
    }

    private static void Fill(Plane values, Plane weights, Plane coarse)
    {
        for (var y = 0; y < values.Height; y++)
        {
            var row = values.Row(y);
            var weight = weights.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var known = Math.Min(1, weight[x] / Enough);
                var own = weight[x] > 0 ? row[x] / weight[x] : 0;
                row[x] = known >= 1 ? own : (known * own) + ((1 - known) * Between(coarse, (x - 0.5f) / 2, (y - 0.5f) / 2));
            }
        }
    }

    private static float Between(Plane plane, float x, float y)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (fx, fy) = (x - left, y - top);
        var (x0, x1) = (Math.Max(0, left), Math.Min(plane.Width - 1, left + 1));
        var above = plane.Row(Math.Max(0, top));
        var below = plane.Row(Math.Min(plane.Height - 1, top + 1));
        var upper = above[x0] + (fx * (above[x1] - above[x0]));
        var lower = below[x0] + (fx * (below[x1] - below[x0]));
        return upper + (fy * (lower - upper));
    }
}
