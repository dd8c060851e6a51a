namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Follows the backdrop to where no surface predicted its colour, such as the core of a spot of light: it continues there from what is already
/// known of it, without an edge.</summary>
internal static class SmoothContinuation
{
    private const int Rounds = 16;

    /// <summary>A share of the threshold: what continues is closer to what is near than to a surface over the whole picture.</summary>
    private const double Closeness = 0.8;

    /// <summary>A backdrop ends at the subject's edges. What ends anywhere else has crept into the subject.</summary>
    private const double LeastAtEdges = 0.75;

    /// <summary>Adds the continuations to the background.</summary>
    public static void Join(WorkingCopy copy, (Backdrop Backdrop, Plane Slopes) found, Mask background)
    {
        var (backdrop, slopes) = found;
        using var edges = Slopes.Edges(slopes, backdrop);
        using var reached = new Mask(copy.Width, copy.Height);
        background.Values.CopyTo(reached.Values);
        for (var round = 0; round < Rounds && Continue(copy, backdrop, (slopes, reached)); round++)
        {
        }

        using var nearEdges = edges.Dilated(Slopes.NearEdge);
        Accept(background, reached, nearEdges);
    }

    /// <summary>One step further; says whether it led anywhere.</summary>
    private static bool Continue(WorkingCopy copy, Backdrop backdrop, (Plane Slopes, Mask Reached) from)
    {
        using var near = LocalDistance(copy, from.Reached);
        var (closest, gentle) = (backdrop.Threshold * Closeness, Slopes.Gentle(backdrop));
        using var open = new Mask(copy.Width, copy.Height);
        for (var at = 0; at < open.Values.Length; at++)
        {
            open.Values[at] = from.Reached.Values[at] || (from.Slopes.Values[at] < gentle && near.Values[at] < closest);
        }

        using var joined = Flood.FromRim(open);
        var added = 0;
        for (var at = 0; at < open.Values.Length; at++)
        {
            if (joined.Values[at] && !from.Reached.Values[at])
            {
                from.Reached.Values[at] = true;
                added++;
            }
        }

        return added > open.Values.Length / 4000;
    }

    private static Plane LocalDistance(WorkingCopy copy, Mask reached)
    {
        using var sure = reached.Eroded(1);
        using var model = new LabPlanes(copy.Width, copy.Height);
        for (var channel = 0; channel < 3; channel++)
        {
            using var weights = new Plane(copy.Width, copy.Height);
            for (var at = 0; at < weights.Values.Length; at++)
            {
                weights.Values[at] = sure.Values[at] && copy.Solid.Values[at] ? 1 : 0;
                model[channel].Values[at] = weights.Values[at] * copy.Lab[channel].Values[at];
            }

            Diffusion.Spread(model[channel], weights);
        }

        return copy.Distance(copy.Lab, model);
    }

    private static void Accept(Mask background, Mask reached, Mask nearEdges)
    {
        using var added = new Mask(reached.Width, reached.Height);
        for (var at = 0; at < added.Values.Length; at++)
        {
            added.Values[at] = reached.Values[at] && !background.Values[at];
        }

        List<int> accepted = [];
        Flood.EachRegion(added, region =>
        {
            if (Slopes.EndsAtEdges(region, reached, nearEdges) >= LeastAtEdges)
            {
                accepted.AddRange(region);
            }
        });
        foreach (var at in accepted)
        {
            background.Values[at] = true;
        }
    }
}
