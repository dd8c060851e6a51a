using System.Buffers.Binary;
using System.IO.Compression;

namespace MPilot.Jobs.Benchmarks;

/// <summary>Valid pictures of a given weight.</summary>
internal static class BenchPictures
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A PNG of noise of about so many bytes: noise does not compress, so weight is pixels.</summary>
    public static byte[] Noise(int bytes)
    {
        var side = (int)Math.Sqrt(bytes / 3.0);
        using var pixels = new MemoryStream(bytes + bytes / 64);
        using (var deflate = new ZLibStream(pixels, CompressionLevel.NoCompression, leaveOpen: true))
        {
            var random = new Random(11);
            var row = new byte[1 + (side * 3)];
            for (var y = 0; y < side; y++)
            {
                random.NextBytes(row);
                row[0] = 0;
                deflate.Write(row);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        (header[8], header[9]) = (8, 2);
        using var png = new MemoryStream();
        png.Write(Signature);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, pixels.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        png.Write(number);
        var start = (int)png.Length;
        png.Write(type);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(png.GetBuffer().AsSpan(start, (int)png.Length - start)));
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return crc ^ uint.MaxValue;
    }
}
