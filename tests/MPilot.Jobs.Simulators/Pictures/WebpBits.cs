namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>Bits from the lowest. The first <paramref name="skip"/> are left zero.</summary>
internal sealed class WebpBits(int skip)
{
    private readonly List<byte> _bytes = [];
    private ulong _pending;
    private int _count = skip;

    /// <summary>Bits written and skipped.</summary>
    public int Length => (_bytes.Count * 8) + _count;

    public void Write(int value, int length)
    {
        _pending |= (ulong)(uint)value << _count;
        for (_count += length; _count >= 8; _count -= 8, _pending >>= 8) _bytes.Add((byte)_pending);
    }

    /// <summary>Huffman codes go in from their highest bit.</summary>
    public void WriteCode(int code, int length)
    {
        for (var at = length - 1; at >= 0; at--) Write(code >> at & 1, 1);
    }

    public byte[] ToArray() => _count == 0 ? [.. _bytes] : [.. _bytes, (byte)_pending];
}
