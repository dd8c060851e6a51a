using System.Buffers;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Pixel indexes, first in, first out, each added at most once; remembers what was taken.</summary>
internal sealed class PixelQueue(int capacity) : IDisposable
{
    private readonly int[] _items = ArrayPool<int>.Shared.Rent(capacity);
    private int _added;
    private int _taken;

    public ReadOnlySpan<int> Taken => _items.AsSpan(0, _taken);

    public void Add(int item) => _items[_added++] = item;

    public bool TryTake(out int item)
    {
        var any = _taken < _added;
        item = any ? _items[_taken++] : 0;
        return any;
    }

    public void Clear() => _added = _taken = 0;

    public void Dispose() => ArrayPool<int>.Shared.Return(_items);
}
