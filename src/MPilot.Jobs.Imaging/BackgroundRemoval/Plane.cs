using System.Buffers;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>One number for every pixel of the working copy, in a pooled buffer. Starts as zeros.</summary>
internal sealed class Plane : IDisposable
{
    private readonly float[] _values;

    public Plane(int width, int height)
    {
        Width = width;
        Height = height;
        _values = ArrayPool<float>.Shared.Rent(width * height);
        Values.Clear();
    }

    public int Width { get; }

    public int Height { get; }

    public Span<float> Values => _values.AsSpan(0, Width * Height);

    public Span<float> Row(int y) => _values.AsSpan(y * Width, Width);

    public void Dispose() => ArrayPool<float>.Shared.Return(_values);
}
