namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Gives pieces of a subject back that look like the backdrop, such as a grey coat before a grey wall where the frame cuts it:
/// what is parted from the rest of the backdrop by an edge must itself end at edges.</summary>
internal static class SubjectIslands
{
    private const double LeastAtEdges = 0.75;

    public static void Restore(Plane slopes, Backdrop backdrop, Mask background)
    {
        using var edges = Slopes.Edges(slopes, backdrop);
        using var near = edges.Dilated(Slopes.NearEdge);
        using var pieces = new Mask(background.Width, background.Height);
        for (var at = 0; at < pieces.Values.Length; at++)
        {
            pieces.Values[at] = background.Values[at] && !edges.Values[at];
        }

        var largest = 0;
        Flood.EachRegion(pieces, region => largest = Math.Max(largest, region.Length));
        List<int> restored = [];
        Flood.EachRegion(pieces, region =>
        {
            if (region.Length < largest && Slopes.EndsAtEdges(region, pieces, near) < LeastAtEdges)
            {
                restored.AddRange(region);
            }
        });
        foreach (var at in restored)
        {
            background.Values[at] = false;
        }
    }
}
