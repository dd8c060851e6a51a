namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>Bits from the highest, with JPEG's zero after each byte 0xFF.</summary>
internal sealed class JpegBits
{
    private readonly List<byte> _bytes = [];
    private int _pending;
    private int _count;

    public void Write(int value, int length)
    {
        _pending = _pending << length | value;
        _count += length;
        while (_count >= 8) Push((byte)(_pending >> (_count -= 8)));
        _pending &= (1 << _count) - 1;
    }

    /// <summary>Fills up the byte with ones.</summary>
    public void Align()
    {
        if (_count > 0) Write((1 << (8 - _count)) - 1, 8 - _count);
    }

    public void Marker(byte marker) => _bytes.AddRange([0xFF, marker]);

    public byte[] ToArray() => [.. _bytes];

    private void Push(byte value)
    {
        _bytes.Add(value);
        if (value == 0xFF) _bytes.Add(0);
    }
}
