namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>The five codes of our lossless WebP files: green in 9 bits or a copy's length in 4, red and blue in 8, alpha in 0 or 1, distance in 1.</summary>
internal static class WebpCodes
{
    /// <summary>The symbols of copy lengths in use: (symbol, shortest, bits that add to it).</summary>
    private static readonly (int Symbol, int Shortest, int ExtraBits)[] Lengths =
        [(0, 1, 0), (5, 7, 1), (8, 17, 3), (12, 65, 5), (16, 257, 7), (18, 513, 8), (20, 1025, 9), (23, 3073, 10)];

    public static void WriteHeader(WebpBits bits, int width, int height, bool transparent)
    {
        bits.Write(0x2F, 8);
        bits.Write(width - 1, 14);
        bits.Write(height - 1, 14);
        bits.Write(transparent ? 1 : 0, 1);
        bits.Write(0, 3);
        // No transform, no colour cache, one group of codes.
        bits.Write(0, 3);
        WriteGreenCode(bits);
        WriteByteCode(bits);
        WriteByteCode(bits);
        if (transparent) WritePairCode(bits, 255);
        else bits.Write(0b101 | 255 << 3, 11);
        WritePairCode(bits, 1);
    }

    public static void WritePixel(WebpBits bits, (byte R, byte G, byte B) colour, byte? alpha)
    {
        bits.WriteCode(256 + colour.G, 9);
        bits.WriteCode(colour.R, 8);
        bits.WriteCode(colour.B, 8);
        if (alpha is { } value) bits.Write(value == 0 ? 0 : 1, 1);
    }

    /// <summary>Repeats what is one pixel to the left, or one row above.</summary>
    public static void WriteCopy(WebpBits bits, int length, bool fromLeft)
    {
        while (length > 0)
        {
            var at = Array.FindLastIndex(Lengths, known => known.Shortest <= length);
            var (_, shortest, extraBits) = Lengths[at];
            var run = Math.Min(length, shortest + (1 << extraBits) - 1);
            bits.WriteCode(at, 4);
            bits.Write(run - shortest, extraBits);
            bits.Write(fromLeft ? 1 : 0, 1);
            length -= run;
        }
    }

    /// <summary>256 symbols of 9 bits, 8 of 4 bits; the lengths themselves are coded 9 = 0, 0 = 10, 4 = 11.</summary>
    private static void WriteGreenCode(WebpBits bits)
    {
        WriteLengthCode(bits, [.. Enumerable.Range(0, 13).Select(at => at switch { 2 => 2, 6 => 2, 12 => 1, _ => 0 })]);
        for (var green = 0; green < 256; green++) bits.WriteCode(0, 1);
        for (var symbol = 0; symbol < 24; symbol++) bits.WriteCode(Array.Exists(Lengths, known => known.Symbol == symbol) ? 0b11 : 0b10, 2);
    }

    /// <summary>256 symbols of 8 bits; with a single length to tell, each takes no bits.</summary>
    private static void WriteByteCode(WebpBits bits) => WriteLengthCode(bits, [.. Enumerable.Range(0, 12).Select(at => at == 11 ? 1 : 0)]);

    /// <summary>The lengths of the lengths' codes, in the format's own order: 17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9.</summary>
    private static void WriteLengthCode(WebpBits bits, int[] lengths)
    {
        bits.Write(0, 1);
        bits.Write(lengths.Length - 4, 4);
        foreach (var length in lengths) bits.Write(length, 3);
        bits.Write(0, 1);
    }

    /// <summary>Two symbols of one bit each: 0, and the one given.</summary>
    private static void WritePairCode(WebpBits bits, int second)
    {
        bits.Write(0b0011, 4);
        bits.Write(second, 8);
    }
}
