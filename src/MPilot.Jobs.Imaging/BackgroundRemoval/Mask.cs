namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>A yes or no for every pixel of the working copy. Starts as no.</summary>
internal sealed class Mask(int width, int height) : PixelGrid<bool>(width, height)
{
    public double Share => (double)Values.Count(value: true) / Values.Length;

    public Mask Inverted()
    {
        var inverted = new Mask(Width, Height);
        for (var i = 0; i < Values.Length; i++)
        {
            inverted.Values[i] = !Values[i];
        }

        return inverted;
    }

    /// <summary>Whether the four neighbours of a pixel that are within the picture are all yes.</summary>
    public bool Surrounds(int at)
    {
        var x = at % Width;
        return (x == 0 || Values[at - 1]) && (x == Width - 1 || Values[at + 1])
            && (at < Width || Values[at - Width]) && (at >= Values.Length - Width || Values[at + Width]);
    }

    /// <summary>Yes wherever a yes is within so many pixels in both directions.</summary>
    public Mask Dilated(int radius)
    {
        var flipped = new Mask(Width, Height);
        using var across = new Mask(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            Spread(Values[(y * Width)..], across.Values[(y * Width)..], (Width, 1, radius));
        }

        for (var x = 0; x < Width; x++)
        {
            Spread(across.Values[x..], flipped.Values[x..], (Height, Width, radius));
        }

        return flipped;
    }

    /// <summary>Yes only where no no is within so many pixels in both directions.</summary>
    public Mask Eroded(int radius)
    {
        using var no = Inverted();
        using var spread = no.Dilated(radius);
        return spread.Inverted();
    }

    private static void Spread(ReadOnlySpan<bool> from, Span<bool> to, (int Count, int Stride, int Radius) line)
    {
        var until = -1;
        for (int i = -line.Radius; i < line.Count; i++)
        {
            var ahead = i + line.Radius;
            if (ahead < line.Count && from[ahead * line.Stride])
            {
                until = ahead + line.Radius;
            }

            if (i >= 0)
            {
                to[i * line.Stride] = i <= until;
            }
        }
    }
}
