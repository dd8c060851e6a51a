namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>The two checksums of PNG.</summary>
internal static class Checksums
{
    private const uint AdlerModulus = 65521;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    public static uint Crc32(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content) => ~Crc(Crc(uint.MaxValue, kind), content);

    public static uint Adler32(uint before, ReadOnlySpan<byte> bytes)
    {
        var (low, high) = (before & 0xFFFF, before >> 16);
        while (!bytes.IsEmpty)
        {
            var run = Math.Min(bytes.Length, 3800);
            foreach (var value in bytes[..run]) high += low += value;
            (low, high) = (low % AdlerModulus, high % AdlerModulus);
            bytes = bytes[run..];
        }
        return high << 16 | low;
    }

    /// <summary>The checksum of two runs from those of each, the second started at 1.</summary>
    public static uint CombineAdler32(uint first, uint second, long secondLength)
    {
        var length = (uint)(secondLength % AdlerModulus);
        var low = ((first & 0xFFFF) + (second & 0xFFFF) + AdlerModulus - 1) % AdlerModulus;
        var high = (((ulong)length * (first & 0xFFFF)) + (first >> 16) + (second >> 16) + AdlerModulus - length) % AdlerModulus;
        return (uint)high << 16 | low;
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) crc = CrcTable[(byte)(crc ^ value)] ^ crc >> 8;
        return crc;
    }

    private static uint CrcOf(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        return crc;
    }
}
