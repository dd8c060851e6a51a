using System.Buffers.Binary;
using System.IO.Compression;

namespace MPilot.Jobs.Simulators.Tests;

/// <summary>Pictures to send, and a PNG reader of the tests' own to look at what comes back.</summary>
public static class TestPicture
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10];

    /// <summary>The head of a PNG, enough for a reader of headers.</summary>
    /// <param name="colourType">2 = RGB, 3 = palette, 6 = RGBA.</param>
    public static byte[] Png(int width, int height, byte colourType = 2, bool withTransparency = false)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, colourType);
        return [.. Signature, .. Chunk("IHDR"u8, header), .. withTransparency ? Chunk("tRNS"u8, [0]) : [], .. Chunk("IDAT"u8, [0]), .. Chunk("IEND"u8, [])];
    }

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

    private static byte[] Chunk(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. kind, .. content, 0, 0, 0, 0];
    }
}
