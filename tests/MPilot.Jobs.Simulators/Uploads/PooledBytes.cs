using System.Buffers;

namespace MPilot.Jobs.Simulators.Uploads;

/// <summary>A pooled buffer that doubles when it is full.</summary>
internal sealed class PooledBytes(int size)
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(size);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Where to read to next; never empty.</summary>
    public Memory<byte> Free => _bytes.AsMemory(Length);

    public void Add(int read)
    {
        Length += read;
        if (Length == _bytes.Length) Grow();
    }

    public void Clear() => Length = 0;

    public void Return() => ArrayPool<byte>.Shared.Return(_bytes);

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        _bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
