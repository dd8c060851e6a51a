namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>The largest value within so many pixels in both directions.</summary>
internal static class LocalMaximum
{
    public static void Of(Plane plane, Plane largest, int radius)
    {
        using var across = new Plane(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
        {
            var from = plane.Row(y);
            var to = across.Row(y);
            for (var shift = -radius; shift <= radius; shift++)
            {
                var count = from.Length - Math.Abs(shift);
                if (count > 0)
                {
                    Raise(to.Slice(Math.Max(0, -shift), count), from.Slice(Math.Max(0, shift), count));
                }
            }
        }

        for (var y = 0; y < plane.Height; y++)
        {
            for (var row = Math.Max(0, y - radius); row <= Math.Min(plane.Height - 1, y + radius); row++)
            {
                Raise(largest.Row(y), across.Row(row));
            }
        }
    }

    private static void Raise(Span<float> to, ReadOnlySpan<float> from)
    {
        for (var x = 0; x < to.Length; x++)
        {
            to[x] = Math.Max(to[x], from[x]);
        }
    }
}
