using System.Buffers;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>One value for every pixel, row after row, in a pooled buffer with room for one vector behind the last. Starts as zeros.</summary>
internal sealed class Grid<T> : IDisposable
    where T : unmanaged
{
    private const int Slack = 16;

    private readonly T[] _values;

    public Grid(int width, int height)
    {
        Width = width;
        Height = height;
        _values = ArrayPool<T>.Shared.Rent((width * height) + Slack);
        _values.AsSpan(0, (width * height) + Slack).Clear();
    }

    public int Width { get; }

    public int Height { get; }

    public Span<T> Values => _values.AsSpan(0, Width * Height);

    public Span<T> Row(int y) => _values.AsSpan(y * Width, Width);

    public void Dispose() => ArrayPool<T>.Shared.Return(_values);
}
