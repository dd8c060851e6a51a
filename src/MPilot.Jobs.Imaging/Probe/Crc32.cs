namespace MPilot.Jobs.Imaging.Probe;

/// <summary>The checksum of PNG chunks, for the few bytes of a header.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>What <see cref="Add"/> starts from, and is to be inverted at the end.</summary>
    public const uint Start = uint.MaxValue;

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> then) => ~Add(Add(Start, first), then);

    /// <summary>The checksum so far, with more bytes.</summary>
    public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }
        }

        return crc;
    }
}
