namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>For pictures without a plain backdrop: the few colours that prevail at the left, right and upper border.</summary>
internal static class BorderPalette
{
    private const int Colours = 6;
    private const int Rounds = 12;

    public static (float L, float A, float B)[] Of(WorkingCopy copy)
    {
        var samples = Sample(copy);
        if (samples.Count == 0)
        {
            return [(100, 0, 0)];
        }

        var palette = Enumerable.Range(0, Colours).Select(i => samples[i * (samples.Count - 1) / (Colours - 1)]).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            palette = [.. samples.GroupBy(sample => palette.MinBy(colour => Squared(colour, sample))).Select(Mean)];
        }

        return palette;
    }

    public static float Distance((float L, float A, float B)[] palette, (float L, float A, float B) pixel)
    {
        var least = float.MaxValue;
        foreach (var colour in palette)
        {
            least = Math.Min(least, Squared(colour, pixel));
        }

        return MathF.Sqrt(least);
    }

    private static List<(float L, float A, float B)> Sample(WorkingCopy copy)
    {
        var depth = Math.Max(2, Math.Min(copy.Width, copy.Height) / 40);
        List<(float L, float A, float B)> samples = [];
        for (var y = 0; y < copy.Height; y += 3)
        {
            for (var x = 0; x < copy.Width; x += 3)
            {
                var atBorder = y < depth || x < depth || x >= copy.Width - depth;
                if (atBorder && copy.Solid.Values[(y * copy.Width) + x])
                {
                    samples.Add((copy.L.Row(y)[x], copy.A.Row(y)[x], copy.B.Row(y)[x]));
                }
            }
        }

        return samples;
    }

    private static (float L, float A, float B) Mean(IEnumerable<(float L, float A, float B)> colours)
    {
        var all = colours.ToList();
        return (all.Average(colour => colour.L), all.Average(colour => colour.A), all.Average(colour => colour.B));
    }

    private static float Squared((float L, float A, float B) one, (float L, float A, float B) other)
    {
        var (dl, da, db) = (one.L - other.L, one.A - other.A, one.B - other.B);
        return (dl * dl) + (da * da) + (db * db);
    }
}
