namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>How fast the colour changes at each pixel, in L*a*b* distance per pixel.</summary>
internal static class Slopes
{
    /// <summary>So far from an edge is still at it, for an outline found in smoothed colours.</summary>
    public const int NearEdge = 3;
    private const float Edge = 1.5f;

    public static Plane Of(WorkingCopy copy)
    {
        var slopes = new Plane(copy.Width, copy.Height);
        for (var y = 0; y < copy.Height; y++)
        {
            var row = slopes.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = At(copy, x, y);
            }
        }

        return slopes;
    }

    /// <summary>Slower changes than this may be light and shadow.</summary>
    public static float Gentle(Backdrop backdrop) => (float)Math.Clamp(1.2 + backdrop.Noise, 1.5, 3);

    /// <summary>Where the colour changes too fast for light and shadow.</summary>
    public static Mask Edges(Plane slopes, Backdrop backdrop)
    {
        var least = Gentle(backdrop) * Edge;
        var edges = new Mask(slopes.Width, slopes.Height);
        for (var at = 0; at < edges.Values.Length; at++)
        {
            edges.Values[at] = slopes.Values[at] > least;
        }

        return edges;
    }

    /// <summary>Which share of a region's outline is at edges.</summary>
    /// <param name="region">A region of <paramref name="mask"/>.</param>
    /// <param name="mask">The outline is where this ends.</param>
    /// <param name="nearEdges">The edges, widened by <see cref="NearEdge"/>.</param>
    public static double EndsAtEdges(ReadOnlySpan<int> region, Mask mask, Mask nearEdges)
    {
        var (ends, atEdges) = (0, 0);
        foreach (var at in region)
        {
            if (!mask.Surrounds(at))
            {
                ends++;
                atEdges += nearEdges.Values[at] ? 1 : 0;
            }
        }

        return ends == 0 ? 1 : (double)atEdges / ends;
    }

    private static float At(WorkingCopy copy, int x, int y)
    {
        var (left, right) = (Math.Max(0, x - 1), Math.Min(copy.Width - 1, x + 1));
        var (above, below) = (Math.Max(0, y - 1), Math.Min(copy.Height - 1, y + 1));
        var slope = 0f;
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = copy.Lab[channel];
            var (dx, dy) = (plane.Row(y)[right] - plane.Row(y)[left], plane.Row(below)[x] - plane.Row(above)[x]);
            slope += (dx * dx) + (dy * dy);
        }

        return MathF.Sqrt(slope) / 2;
    }
}
