using System.Buffers;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>One value for every pixel of the working copy, row by row in a pooled buffer. Starts as zeros.</summary>
internal abstract class PixelGrid<T> : IDisposable
    where T : unmanaged
{
    private readonly T[] _values;

    protected PixelGrid(int width, int height)
    {
        Width = width;
        Height = height;
        _values = ArrayPool<T>.Shared.Rent(width * height);
        Values.Clear();
    }

    public int Width { get; }

    public int Height { get; }

    public Span<T> Values => _values.AsSpan(0, Width * Height);

    public void Dispose() => ArrayPool<T>.Shared.Return(_values);
}
