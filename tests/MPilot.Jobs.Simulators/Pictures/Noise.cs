namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>Bytes that do not compress, the same in every run.</summary>
internal sealed class Noise
{
    private uint _state = 0x9E3779B9;

    public uint Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        return _state ^= _state << 5;
    }

    /// <summary>Fills rows of which the first byte is a tag.</summary>
    public static void FillRows(Span<byte> rows, int rowLength, byte tag)
    {
        var noise = new Noise();
        for (var at = 0; at < rows.Length; at++) rows[at] = at % rowLength == 0 ? tag : (byte)(noise.Next() >> 8);
    }
}
