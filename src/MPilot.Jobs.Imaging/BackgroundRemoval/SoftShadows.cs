namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Finds the soft shadows a subject casts on the backdrop: the backdrop's own colour, only darker (or a little lighter), joined to it without an edge.</summary>
internal static class SoftShadows
{
    private const float Darkest = 0.4f;
    private const float LargestChromaShift = 7;
    private const int Near = 3;

    /// <summary>Adds the shadows to the background.</summary>
    public static void Join(WorkingCopy copy, Backdrop backdrop, Mask background)
    {
        if (backdrop.Surface is not { } surface)
        {
            return;
        }

        using var candidates = Candidates(copy, (surface, Step(backdrop)), background);
        using var edges = Edges(copy, backdrop);
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

    private static Mask Candidates(WorkingCopy copy, (Surface Surface, float Step) backdrop, Mask background)
    {
        var candidates = new Mask(copy.Width, copy.Height);
        using var model = new Plane(copy.Width, 3);
        for (var y = 0; y < copy.Height; y++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                backdrop.Surface.Row(channel, BackdropSample.Unit(y, copy.Height), model.Row(channel));
            }

            for (var x = 0; x < copy.Width; x++)
            {
                var at = (y * copy.Width) + x;
                candidates.Values[at] = !background.Values[at] && Slope(copy, x, y) < backdrop.Step
                    && IsShaded((copy.L.Row(y)[x], copy.A.Row(y)[x], copy.B.Row(y)[x]), (model.Row(0)[x], model.Row(1)[x], model.Row(2)[x]));
            }
        }

        return candidates;
    }

    private static bool IsShaded((float L, float A, float B) pixel, (float L, float A, float B) model)
    {
        var shade = pixel.L / Math.Max(1, model.L);
        var (da, db) = (pixel.A - (model.A * shade), pixel.B - (model.B * shade));
        return shade is > Darkest and < 1.06f && (da * da) + (db * db) < LargestChromaShift * LargestChromaShift;
    }

    private static Mask Edges(WorkingCopy copy, Backdrop backdrop)
    {
        var step = Step(backdrop) * 1.5f;
        var edges = new Mask(copy.Width, copy.Height);
        for (var y = 0; y < copy.Height; y++)
        {
            for (var x = 0; x < copy.Width; x++)
            {
                edges.Values[(y * copy.Width) + x] = Slope(copy, x, y) > step;
            }
        }

        return edges;
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

    private static float Step(Backdrop backdrop) => (float)Math.Clamp(1.2 + backdrop.Noise, 1.5, 3);

    private static float Slope(WorkingCopy copy, int x, int y)
    {
        var (left, right) = (Math.Max(0, x - 1), Math.Min(copy.Width - 1, x + 1));
        var (above, below) = (Math.Max(0, y - 1), Math.Min(copy.Height - 1, y + 1));
        var slope = 0f;
        foreach (var plane in (ReadOnlySpan<Plane>)[copy.L, copy.A, copy.B])
        {
            var (dx, dy) = (plane.Row(y)[right] - plane.Row(y)[left], plane.Row(below)[x] - plane.Row(above)[x]);
            slope += (dx * dx) + (dy * dy);
        }

        return MathF.Sqrt(slope) / 2;
    }
}
