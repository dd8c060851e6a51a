namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>The first guess of the backdrop: the surface most of the picture's border agrees on, whatever a subject that touches the border says.</summary>
internal static class BorderFit
{
    private const double Tolerance = 5;
    private const int Rounds = 300;
    private const int MaxSamples = 900;

    public static (Surface Surface, double Agreement, double Noise)? Fit(BackdropSample[] samples)
    {
        if (samples.Length < 30)
        {
            return null;
        }

        var best = Vote(samples, 2) is var bowed && Vote(samples, 1) is { Surface: not null } flat && flat.Score >= bowed.Score * 0.95 ? flat : bowed;
        return best.Surface is null ? null : Polish(samples, best.Surface);
    }

    /// <summary>Pixels all around the picture's border.</summary>
    public static BackdropSample[] Sample(WorkingCopy copy)
    {
        var depth = Math.Max(2, Math.Min(copy.Width, copy.Height) / 50);
        var frame = 2 * depth * (copy.Width + copy.Height);
        var step = Math.Max(1, frame / MaxSamples);
        List<BackdropSample> samples = [];
        var index = 0;
        for (var y = 0; y < copy.Height; y++)
        {
            var inside = y >= depth && y < copy.Height - depth;
            for (var x = 0; x < copy.Width; x++)
            {
                if (inside && x >= depth && x < copy.Width - depth)
                {
                    x = copy.Width - depth - 1;
                    continue;
                }

                if (index++ % step == 0 && copy.Solid.Values[(y * copy.Width) + x])
                {
                    samples.Add(BackdropSample.Of(copy, x, y));
                }
            }
        }

        return [.. samples];
    }

    /// <summary>Random consensus: fits as few samples as determine a surface, counts who agrees, keeps the best.</summary>
    private static (Surface? Surface, double Score) Vote(BackdropSample[] samples, int degree)
    {
        // Seeded, so that the same picture always gives the same answer.
        var random = new Random(samples.Length);
        var picked = new BackdropSample[Surface.Terms(degree) + 1];
        (Surface? Surface, double Score) best = (null, -1);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < picked.Length; i++)
            {
                picked[i] = samples[random.Next(samples.Length)];
            }

            if (SurfaceFit.Fit(degree, picked) is { } surface && Score(samples, surface) is var score && score > best.Score)
            {
                best = (surface, score);
            }
        }

        return best;
    }

    private static double Score(BackdropSample[] samples, Surface surface)
    {
        var score = 0.0;
        foreach (ref readonly var sample in samples.AsSpan())
        {
            score += Math.Max(0, 1 - Math.Pow(sample.DistanceTo(surface) / Tolerance, 2));
        }

        return score / samples.Length;
    }

    private static (Surface Surface, double Agreement, double Noise) Polish(BackdropSample[] samples, Surface surface)
    {
        for (var round = 0; round < 5; round++)
        {
            RobustWeights.Set(samples, surface, Tolerance * 1.5);
            surface = SurfaceFit.Fit(2, samples) ?? surface;
        }

        var distances = samples.Select(sample => sample.DistanceTo(surface)).Order().ToArray();
        var agreeing = distances.Count(distance => distance < Tolerance);
        var noise = agreeing == 0 ? Tolerance : distances[agreeing / 2];
        return (surface, (double)agreeing / samples.Length, noise);
    }
}
