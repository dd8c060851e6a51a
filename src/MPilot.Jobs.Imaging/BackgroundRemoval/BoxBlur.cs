namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Means over squares, in time that does not depend on their size. At the rim the square is cut.</summary>
internal static class BoxBlur
{
    public static void Apply(Plane plane, int radius)
    {
        using var across = new Plane(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
        {
            Row(plane.Row(y), across.Row(y), radius);
        }

        Columns(across, plane, radius);
    }

    private static void Row(ReadOnlySpan<float> from, Span<float> to, int radius)
    {
        var sum = 0f;
        var count = 0;
        for (var x = -radius; x < from.Length; x++)
        {
            if (x + radius < from.Length)
            {
                sum += from[x + radius];
                count++;
            }

            if (x - radius - 1 >= 0)
            {
                sum -= from[x - radius - 1];
                count--;
            }

            if (x >= 0)
            {
                to[x] = sum / count;
            }
        }
    }

    private static void Columns(Plane from, Plane to, int radius)
    {
        using var sums = new Plane(from.Width, 1);
        var sum = sums.Values;
        var count = 0;
        for (var y = -radius; y < from.Height; y++)
        {
            if (y + radius < from.Height)
            {
                Add(sum, from.Row(y + radius), 1);
                count++;
            }

            if (y - radius - 1 >= 0)
            {
                Add(sum, from.Row(y - radius - 1), -1);
                count--;
            }

            if (y >= 0)
            {
                Scale(sum, 1f / count, to.Row(y));
            }
        }
    }

    private static void Scale(ReadOnlySpan<float> from, float factor, Span<float> to)
    {
        for (var x = 0; x < to.Length; x++)
        {
            to[x] = from[x] * factor;
        }
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> row, float sign)
    {
        for (var x = 0; x < sum.Length; x++)
        {
            sum[x] += sign * row[x];
        }
    }
}
