namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Finds the soft shadows a subject casts on the backdrop: the backdrop's own colour, only darker (or a little lighter), joined to it without an edge.</summary>
internal static class SoftShadows
{
    private const float Darkest = 0.4f;
    private const float LargestChromaShift = 7;
    private const int Near = 3;

    /// <summary>Adds the shadows to the background.</summary>
    public static void Join(WorkingCopy copy, (Backdrop Backdrop, Plane Slopes) found, Mask background)
    {
        var (backdrop, slopes) = found;
        using var candidates = Candidates(copy, backdrop.Model, (slopes, Slopes.Gentle(backdrop)), background);
        using var edges = Slopes.Edges(slopes, backdrop);
        using var nearBackground = background.Dilated(Near);
        List<int> joined = [];
        Flood.EachRegion(candidates, region =>
        {
            if (IsSoftlyJoined(region, (background, nearBackground, edges)))
            {
                joined.AddRange(region);
            }
        });
        foreach (var at in joined)
        {
            background.Values[at] = true;
        }
    }

    private static Mask Candidates(WorkingCopy copy, LabPlanes model, (Plane Slopes, float Step) edge, Mask background)
    {
        var candidates = new Mask(copy.Width, copy.Height);
        for (var at = 0; at < candidates.Values.Length; at++)
        {
            candidates.Values[at] = !background.Values[at] && edge.Slopes.Values[at] < edge.Step
                && IsShaded((copy.L.Values[at], copy.A.Values[at], copy.B.Values[at]), (model[0].Values[at], model[1].Values[at], model[2].Values[at]));
        }

        return candidates;
    }

    private static bool IsShaded((float L, float A, float B) pixel, (float L, float A, float B) model)
    {
        var shade = pixel.L / Math.Max(1, model.L);
        var (da, db) = (pixel.A - (model.A * shade), pixel.B - (model.B * shade));
        return shade is > Darkest and < 1.06f && (da * da) + (db * db) < LargestChromaShift * LargestChromaShift;
    }

    /// <summary>A shadow meets the backdrop softly; a subject shaded like a shadow has an edge against it, perhaps with a gap.</summary>
    private static bool IsSoftlyJoined(ReadOnlySpan<int> region, (Mask Background, Mask Near, Mask Edges) around)
    {
        var width = around.Background.Width;
        var (soft, hard) = (0, 0);
        foreach (var at in region)
        {
            var x = at % width;
            if (x == 0 || x == width - 1 || at < width || at >= around.Background.Values.Length - width)
            {
                continue;
            }

            soft += Touches(around.Background, at) ? 1 : 0;
            hard += around.Near.Values[at] && !Touches(around.Background, at) && Touches(around.Edges, at) ? 1 : 0;
        }

        return soft >= 3 && soft > hard;
    }

    private static bool Touches(Mask mask, int at)
        => mask.Values[at - 1] || mask.Values[at + 1] || mask.Values[at - mask.Width] || mask.Values[at + mask.Width];
}
