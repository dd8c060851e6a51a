using System.Buffers;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>A yes or no for every pixel of the working copy, in a pooled buffer. Starts as no.</summary>
internal sealed class Mask : IDisposable
{
    private readonly bool[] _values;

    public Mask(int width, int height)
    {
        Width = width;
        Height = height;
        _values = ArrayPool<bool>.Shared.Rent(width * height);
        Values.Clear();
    }

    public int Width { get; }

    public int Height { get; }

    public Span<bool> Values => _values.AsSpan(0, Width * Height);

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

    public void Dispose() => ArrayPool<bool>.Shared.Return(_values);

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
