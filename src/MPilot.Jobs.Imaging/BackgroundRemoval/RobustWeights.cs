namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Tukey's biweight: full trust at no distance, none beyond the cut.</summary>
internal static class RobustWeights
{
    public static void Set(Span<BackdropSample> samples, Surface surface, double cut)
    {
        foreach (ref var sample in samples)
        {
            var part = sample.DistanceTo(surface) / cut;
            sample.Weight = part >= 1 ? 0 : Math.Pow(1 - (part * part), 2);
        }
    }
}
