namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Finds the places along one side of the picture where its colour changes at once.</summary>
internal static class BorderSteps
{
    private const int Most = 4;
    private const float LeastStep = 5;

    /// <param name="copy">The picture.</param>
    /// <param name="across">Along the upper or lower side instead of the left or right one.</param>
    /// <param name="atEnd">The right or lower side.</param>
    /// <returns>Places -1..1, the strongest steps first.</returns>
    public static double[] Find(WorkingCopy copy, bool across, bool atEnd)
    {
        using var strip = Strip(copy, across, atEnd);
        var length = strip.Width;
        var reach = Math.Max(3, length / 60);
        using var steps = new Plane(length, 1);
        for (var at = reach + 1; at < length - reach - 1; at++)
        {
            steps.Values[at] = Step(strip, at, reach);
        }

        List<int> found = [];
        while (found.Count < Most && Strongest(steps.Values) is { } at)
        {
            found.Add(at);
            steps.Values[Math.Max(0, at - reach)..Math.Min(length, at + reach + 1)].Clear();
        }

        return [.. found.Select(at => BackdropSample.Unit(at, length))];
    }

    private static LabPlanes Strip(WorkingCopy copy, bool across, bool atEnd)
    {
        var (length, other) = across ? (copy.Width, copy.Height) : (copy.Height, copy.Width);
        var depth = Math.Clamp(other / 60, 1, other);
        var strip = new LabPlanes(length, 1);
        for (var at = 0; at < length; at++)
        {
            for (var deep = 0; deep < depth; deep++)
            {
                var side = atEnd ? other - 1 - deep : deep;
                var (x, y) = across ? (at, side) : (side, at);
                strip[0].Values[at] += copy.L.Row(y)[x] / depth;
                strip[1].Values[at] += copy.A.Row(y)[x] / depth;
                strip[2].Values[at] += copy.B.Row(y)[x] / depth;
            }
        }

        return strip;
    }

    private static float Step(LabPlanes strip, int at, int reach)
    {
        var squared = 0f;
        for (var channel = 0; channel < 3; channel++)
        {
            var (before, behind) = (0f, 0f);
            for (var away = 2; away <= reach; away++)
            {
                before += strip[channel].Values[at - away];
                behind += strip[channel].Values[at + away];
            }

            squared += MathF.Pow((behind - before) / (reach - 1), 2);
        }

        return MathF.Sqrt(squared);
    }

    private static int? Strongest(ReadOnlySpan<float> steps)
    {
        var strongest = 0;
        for (var at = 1; at < steps.Length; at++)
        {
            strongest = steps[at] > steps[strongest] ? at : strongest;
        }

        return steps.Length > 0 && steps[strongest] >= LeastStep ? strongest : null;
    }
}
