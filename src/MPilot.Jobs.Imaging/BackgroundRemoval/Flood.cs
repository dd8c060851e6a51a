namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Walks connected pixels of the working copy, four neighbours each.</summary>
internal static class Flood
{
    /// <summary>Everything in <paramref name="open"/> that is connected to the picture's rim.</summary>
    public static Mask FromRim(Mask open)
    {
        var reached = new Mask(open.Width, open.Height);
        using var queue = new PixelQueue(open.Values.Length);
        for (var x = 0; x < open.Width; x++)
        {
            Start(x);
            Start(((open.Height - 1) * open.Width) + x);
        }

        for (var y = 0; y < open.Height; y++)
        {
            Start(y * open.Width);
            Start((y * open.Width) + open.Width - 1);
        }

        Spread(queue, open, reached);
        return reached;

        void Start(int at)
        {
            if (open.Values[at] && !reached.Values[at])
            {
                reached.Values[at] = true;
                queue.Add(at);
            }
        }
    }

    /// <summary>Visits each connected region of <paramref name="open"/> with the indexes of its pixels.</summary>
    public static void EachRegion(Mask open, Action<ReadOnlySpan<int>> visit)
    {
        using var seen = new Mask(open.Width, open.Height);
        using var queue = new PixelQueue(open.Values.Length);
        for (var at = 0; at < open.Values.Length; at++)
        {
            if (!open.Values[at] || seen.Values[at])
            {
                continue;
            }

            queue.Clear();
            seen.Values[at] = true;
            queue.Add(at);
            Spread(queue, open, seen);
            visit(queue.Taken);
        }
    }

    private static void Spread(PixelQueue queue, Mask open, Mask reached)
    {
        var (width, height) = (open.Width, open.Height);
        while (queue.TryTake(out var at))
        {
            var x = at % width;
            Try(at - 1, x > 0);
            Try(at + 1, x < width - 1);
            Try(at - width, at >= width);
            Try(at + width, at < width * (height - 1));
        }

        void Try(int at, bool exists)
        {
            if (exists && open.Values[at] && !reached.Values[at])
            {
                reached.Values[at] = true;
                queue.Add(at);
            }
        }
    }
}
