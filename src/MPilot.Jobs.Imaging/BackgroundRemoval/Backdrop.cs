using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>What the backdrop looks like everywhere, also behind the subject, and how far each pixel is from it.</summary>
internal sealed class Backdrop : IDisposable
{
    /// <summary>With less of the border the agreed surface may as well be the subject's.</summary>
    private const double PlainAgreement = 0.45;
    private const int MaxSamples = 12_000;

    private readonly Scenery _scenery;

    private Backdrop(Scenery scenery, LabPlanes model, (Plane Distance, double Noise) measured)
    {
        (_scenery, Model, Distance, Noise) = (scenery, model, measured.Distance, measured.Noise);
    }

    /// <summary>Its colour everywhere, also behind the subject.</summary>
    public LabPlanes Model { get; }

    /// <summary>Colour distance of each pixel to the backdrop.</summary>
    public Plane Distance { get; }

    /// <summary>How far the backdrop's own pixels typically are from it.</summary>
    public double Noise { get; }

    /// <summary>Beyond this distance a pixel is something else.</summary>
    public double Threshold => Math.Clamp(4 * Noise, 2.5, 12);

    /// <summary>The backdrop, or <c>null</c> when the picture is too small to have one.</summary>
    /// <exception cref="EditImpossibleException">Most of the border is not smooth.</exception>
    public static Backdrop? Find(WorkingCopy copy)
    {
        var border = BorderFit.Sample(copy);
        if (BorderFit.Fit(border) is not { } one)
        {
            return null;
        }

        var found = HorizonFit.Find(copy, border, one.Agreement) ?? (new(one.Surface, one.Surface, Horizon.None), one.Agreement, one.Noise);
        if (found.Agreement < PlainAgreement)
        {
            throw PlainBackdrop.NotFound();
        }

        var backdrop = Measure(copy, found.Scenery, found.Noise);
        for (var degree = 2; degree <= Surface.MaxDegree; degree++)
        {
            var better = Refine(copy, backdrop, degree);
            backdrop.Dispose();
            backdrop = better;
        }

        return backdrop;
    }

    public void Dispose()
    {
        Model.Dispose();
        Distance.Dispose();
    }

    /// <summary>Fits again to everything that the present surface connects to the border: light that is brightest in the middle is found this way.</summary>
    private static Backdrop Refine(WorkingCopy copy, Backdrop present, int degree)
    {
        using var connected = present.Connected();
        var samples = Sample(copy, connected);
        var cut = present.Threshold * 1.5;
        var scenery = present._scenery.Refit(degree, samples, cut);
        var distances = samples.Select(sample => scenery.DistanceTo(sample)).Where(distance => distance < cut).Order().ToArray();
        return Measure(copy, scenery, distances.Length == 0 ? present.Noise : distances[distances.Length / 2]);
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

    private static Backdrop Measure(WorkingCopy copy, Scenery scenery, double noise)
    {
        var model = new LabPlanes(copy.Width, copy.Height);
        for (var y = 0; y < copy.Height; y++)
        {
            scenery.Row(copy, y, model);
        }

        return new(scenery, model, (copy.Distance(copy.Lab, model), noise));
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
