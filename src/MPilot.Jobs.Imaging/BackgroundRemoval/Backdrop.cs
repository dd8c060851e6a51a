namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>What the backdrop looks like everywhere, also behind the subject, and how far each pixel is from it.</summary>
internal sealed class Backdrop : IDisposable
{
    private const double PlainAgreement = 0.35;
    private const int MaxSamples = 12_000;
    private const double PaletteNoise = 3;

    private Backdrop(Surface? surface, Plane distance, double noise)
    {
        (Surface, Distance, Noise) = (surface, distance, noise);
    }

    /// <summary>Its colour everywhere, or <c>null</c> when it is not smooth.</summary>
    public Surface? Surface { get; }

    /// <summary>Colour distance of each pixel to the backdrop.</summary>
    public Plane Distance { get; }

    /// <summary>How far the backdrop's own pixels typically are from it.</summary>
    public double Noise { get; }

    /// <summary>Beyond this distance a pixel is something else.</summary>
    public double Threshold => Math.Clamp(4 * Noise, 2.5, 12);

    /// <summary>The backdrop, or <c>null</c> when most of the border is not a smooth surface.</summary>
    public static Backdrop? Find(WorkingCopy copy)
    {
        if (BorderFit.Fit(copy) is not { } border || border.Agreement < PlainAgreement)
        {
            return null;
        }

        var backdrop = Measure(copy, border.Surface, border.Noise);
        for (var degree = 2; degree <= Surface.MaxDegree; degree++)
        {
            var better = Refine(copy, backdrop, degree);
            backdrop.Dispose();
            backdrop = better;
        }

        return backdrop;
    }

    /// <summary>For a picture without a plain backdrop: what is coloured like most of its border.</summary>
    public static Backdrop FromPalette(WorkingCopy copy)
    {
        var palette = BorderPalette.Of(copy);
        var distance = new Plane(copy.Width, copy.Height);
        for (var i = 0; i < distance.Values.Length; i++)
        {
            distance.Values[i] = copy.Solid.Values[i] ? BorderPalette.Distance(palette, (copy.L.Values[i], copy.A.Values[i], copy.B.Values[i])) : 0;
        }

        BoxBlur.Apply(distance, 2);
        return new(surface: null, distance, PaletteNoise);
    }

    public void Dispose() => Distance.Dispose();

    /// <summary>Fits again to everything that the present surface connects to the border: light that is brightest in the middle is found this way.</summary>
    private static Backdrop Refine(WorkingCopy copy, Backdrop present, int degree)
    {
        var presentSurface = present.Surface!;
        using var connected = present.Connected();
        var samples = Sample(copy, connected);
        RobustWeights.Set(samples, presentSurface, present.Threshold * 1.5);
        if (SurfaceFit.Fit(degree, samples) is not { } surface)
        {
            return Measure(copy, presentSurface, present.Noise);
        }

        var distances = samples.Where(sample => sample.Weight > 0).Select(sample => sample.DistanceTo(surface)).Order().ToArray();
        return Measure(copy, surface, distances.Length == 0 ? present.Noise : distances[distances.Length / 2]);
    }

    private static BackdropSample[] Sample(WorkingCopy copy, Mask connected)
    {
        var step = Math.Max(1, (int)Math.Sqrt(copy.Width * copy.Height / (double)MaxSamples));
        List<BackdropSample> samples = [];
        for (var y = 0; y < copy.Height; y += step)
        {
            for (var x = 0; x < copy.Width; x += step)
            {
                if (connected.Values[(y * copy.Width) + x])
                {
                    samples.Add(BackdropSample.Of(copy, x, y));
                }
            }
        }

        return [.. samples];
    }

    private static Backdrop Measure(WorkingCopy copy, Surface surface, double noise)
    {
        var distance = new Plane(copy.Width, copy.Height);
        using var model = new Plane(copy.Width, 3);
        for (var y = 0; y < copy.Height; y++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                surface.Row(channel, BackdropSample.Unit(y, copy.Height), model.Row(channel));
            }

            Distances(copy, model, y, distance.Row(y));
        }

        return new(surface, distance, noise);
    }

    private static void Distances(WorkingCopy copy, Plane model, int y, Span<float> distances)
    {
        var l = copy.L.Row(y);
        var a = copy.A.Row(y);
        var b = copy.B.Row(y);
        var modelL = model.Row(0);
        var modelA = model.Row(1);
        var modelB = model.Row(2);
        var solid = copy.Solid.Values.Slice(y * copy.Width, copy.Width);
        for (var x = 0; x < distances.Length; x++)
        {
            var (dl, da, db) = (l[x] - modelL[x], a[x] - modelA[x], b[x] - modelB[x]);
            distances[x] = solid[x] ? MathF.Sqrt((dl * dl) + (da * da) + (db * db)) : 0;
        }
    }

    private Mask Connected()
    {
        using var near = new Mask(Distance.Width, Distance.Height);
        for (var i = 0; i < near.Values.Length; i++)
        {
            near.Values[i] = Distance.Values[i] < Threshold * 1.5;
        }

        return Flood.FromRim(near);
    }
}
