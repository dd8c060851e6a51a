namespace MPilot.Jobs.Benchmarks;

/// <summary>Reads sorted measurements.</summary>
internal static class Percentile
{
    /// <summary>The value below which that share of the measurements lies, in milliseconds.</summary>
    public static double Of(TimeSpan[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))].TotalMilliseconds;
}
