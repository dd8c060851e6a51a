using System.Buffers.Binary;
using System.IO.Compression;

namespace MPilot.Jobs.Simulators.Tests;

/// <summary>A picture to send that is no PNG, and a PNG reader of the tests' own to look at what comes back.</summary>
public static class TestPicture
{
    /// <summary>The head of a JPEG: an application segment, then the frame.</summary>
    public static byte[] Jpeg(ushort width, ushort height, ushort applicationBytes = 16) =>
    [
        0xFF, 0xD8, 0xFF, 0xE1, (byte)(applicationBytes >> 8), (byte)applicationBytes, .. new byte[applicationBytes - 2],
        0xFF, 0xC0, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, .. new byte[9], 0xFF, 0xD9,
    ];

    /// <summary>Decodes a PNG of 8 bits a channel, checking its Adler checksum on the way.</summary>
    /// <returns>Rows without their filters.</returns>
    public static (int Width, int Height, int Channels, byte[] Pixels) Decode(byte[] png)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        var channels = png[25] == 6 ? 4 : 3;
        var stride = width * channels;
        using var inflate = new ZLibStream(new MemoryStream(Compressed(png)), CompressionMode.Decompress);
        var pixels = new byte[height * stride];
        var row = new byte[stride];
        for (var y = 0; y < height; y++)
        {
            var filter = inflate.ReadByte();
            inflate.ReadExactly(row);
            Unfilter(filter, row, pixels.AsSpan(Math.Max(0, y - 1) * stride, stride), channels);
            row.CopyTo(pixels, y * stride);
        }
        if (inflate.ReadByte() != -1) throw new InvalidDataException("More pixels than the header says.");
        return (width, height, channels, pixels);
    }

    private static byte[] Compressed(byte[] png)
    {
        var all = new List<byte>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) all.AddRange(png.AsSpan(at + 8, length));
            at += 12 + length;
        }
        return [.. all];
    }

    private static void Unfilter(int filter, byte[] row, ReadOnlySpan<byte> above, int channels)
    {
        for (var x = 0; x < row.Length; x++)
        {
            row[x] += filter switch
            {
                0 => 0,
                1 => x < channels ? (byte)0 : row[x - channels],
                2 => above[x],
                _ => throw new InvalidDataException($"Filter {filter}."),
            };
        }
    }
}
