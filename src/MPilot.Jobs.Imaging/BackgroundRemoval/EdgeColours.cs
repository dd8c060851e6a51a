namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>For every place: which colour the backdrop has there, which colour the subject nearby has, and how sure it is which of both is seen.</summary>
internal sealed class EdgeColours : IDisposable
{
    private const int SureDistance = 2;
    private const int ThinDistance = 4;
    private const float StrandPurity = 1.2f;
    private const float WeakTrust = 0.0006f;

    private EdgeColours(Plane subjectness, Plane[] back, Plane[] front)
    {
        (Subjectness, Back, Front) = (subjectness, back, front);
    }

    /// <summary>0 surely backdrop, 1 surely subject, between them around the edge.</summary>
    public Plane Subjectness { get; }

    /// <summary>Red, green and blue of the backdrop, 0..255.</summary>
    public Plane[] Back { get; }

    /// <summary>Red, green and blue of the subject nearby, 0..255.</summary>
    public Plane[] Front { get; }

    public static EdgeColours Of(WorkingCopy copy, Backdrop backdrop, Mask subject)
    {
        using var outside = subject.Inverted();
        using var surelyBack = outside.Eroded(SureDistance);
        using var backTrust = Trust(surelyBack, copy.Solid);
        using var sharp = copy.Distance(copy.Sharp, backdrop.Model);
        using var seen = NarrowGaps.Opened(backdrop, sharp, subject);
        using var inner = seen.Eroded(SureDistance);
        using var frontTrust = FrontTrust(copy, sharp, (seen, inner));
        var (back, front) = (Spread(copy, backTrust), Spread(copy, frontTrust));
        using var core = subject.Eroded(SureDistance);
        using var solid = core.Dilated(ThinDistance);
        Purify(front, back, solid);
        return new(Softened(seen), back, front);
    }

    public void Dispose()
    {
        Subjectness.Dispose();
        foreach (var plane in (Plane[])[.. Back, .. Front])
        {
            plane.Dispose();
        }
    }

    /// <summary>Inner pixels show the subject purely. Where it is too thin to have any, its most different pixels come closest.</summary>
    private static Plane FrontTrust(WorkingCopy copy, Plane distance, (Mask All, Mask Inner) subject)
    {
        var trust = Trust(subject.Inner, copy.Solid);
        var (width, height) = (copy.Width, copy.Height);
        for (var y = 2; y < height - 2; y++)
        {
            for (var x = 2; x < width - 2; x++)
            {
                var at = (y * width) + x;
                if (!subject.All.Values[at] || trust.Values[at] > 0)
                {
                    continue;
                }

                var part = distance.Values[at] / Strongest(distance, x, y);
                trust.Values[at] = WeakTrust * MathF.Pow(part, 6);
            }
        }

        return trust;
    }

    /// <summary>Even the most different pixels of a strand still show some of the backdrop.</summary>
    private static void Purify(Plane[] front, Plane[] back, Mask solid)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var from = back[channel].Values;
            var to = front[channel].Values;
            for (var at = 0; at < to.Length; at++)
            {
                to[at] = solid.Values[at] ? to[at] : Math.Clamp(from[at] + (StrandPurity * (to[at] - from[at])), 0, 255);
            }
        }
    }

    private static float Strongest(Plane distance, int x, int y)
    {
        var strongest = 0.01f;
        for (var row = y - 2; row <= y + 2; row++)
        {
            foreach (var value in distance.Row(row).Slice(x - 2, 5))
            {
                strongest = Math.Max(strongest, value);
            }
        }

        return strongest;
    }

    private static Plane Trust(Mask mask, Mask solid)
    {
        var trust = new Plane(mask.Width, mask.Height);
        for (var i = 0; i < trust.Values.Length; i++)
        {
            trust.Values[i] = mask.Values[i] && solid.Values[i] ? 1 : 0;
        }

        return trust;
    }

    private static Plane Softened(Mask subject)
    {
        var soft = new Plane(subject.Width, subject.Height);
        for (var i = 0; i < soft.Values.Length; i++)
        {
            soft.Values[i] = subject.Values[i] ? 1 : 0;
        }

        BoxBlur.Apply(soft, 2);
        BoxBlur.Apply(soft, 1);
        return soft;
    }

    private static Plane[] Spread(WorkingCopy copy, Plane trust)
    {
        var planes = new Plane[3];
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = planes[channel] = new(copy.Width, copy.Height);
            for (var y = 0; y < copy.Height; y++)
            {
                var row = copy.Rows[y];
                var values = plane.Row(y);
                for (var x = 0; x < values.Length; x++)
                {
                    values[x] = row[(x * 4) + channel] * trust.Row(y)[x];
                }
            }

            using var weights = Copy(trust);
            BoxBlur.Apply(plane, 1);
            BoxBlur.Apply(weights, 1);
            Diffusion.Spread(plane, weights);
        }

        return planes;
    }

    private static Plane Copy(Plane plane)
    {
        var copy = new Plane(plane.Width, plane.Height);
        plane.Values.CopyTo(copy.Values);
        return copy;
    }
}
