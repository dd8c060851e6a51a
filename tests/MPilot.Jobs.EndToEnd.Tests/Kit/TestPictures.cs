using System.Buffers.Binary;
using System.IO.Compression;

namespace MPilot.Jobs.EndToEnd.Tests.Kit;

/// <summary>Pictures made on the spot.</summary>
internal static class TestPictures
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>An RGBA PNG whose pixels a function decides.</summary>
    public static byte[] Png(int width, int height, Func<int, int, (byte R, byte G, byte B, byte A)> pixel)
    {
        using var pixels = new MemoryStream();
        using (var deflate = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                deflate.WriteByte(0);
                for (var x = 0; x < width; x++)
                {
                    var (r, g, b, a) = pixel(x, y);
                    deflate.Write([r, g, b, a]);
                }
            }
        }

        using var png = new MemoryStream();
        png.Write(Signature);
        Chunk(png, "IHDR"u8, Header(width, height));
        Chunk(png, "IDAT"u8, pixels.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>A quiet gradient.</summary>
    public static byte[] Gradient(int width = 64, int height = 64)
        => Png(width, height, (x, y) => ((byte)(x * 255 / width), (byte)(y * 255 / height), 128, 255));

    /// <summary>A valid PNG of at least so many bytes: a small picture with a long private chunk.</summary>
    public static byte[] OfBytes(int length)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        Chunk(png, "IHDR"u8, Header(1, 1));
        var ballast = new byte[length];
        new Random(7).NextBytes(ballast);
        Chunk(png, "baLl"u8, ballast);
        using var pixel = new MemoryStream();
        using (var deflate = new ZLibStream(pixel, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write([0, 1, 2, 3, 255]);
        }

        Chunk(png, "IDAT"u8, pixel.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>Only a header, claiming a size.</summary>
    public static byte[] HeaderOnly(int width, int height)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        Chunk(png, "IHDR"u8, Header(width, height));
        return png.ToArray();
    }

    private static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 6;
        return header;
    }

    private static void Chunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        png.Write(number);
        png.Write(type);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(type, body));
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        var crc = Update(Update(uint.MaxValue, type), body);
        return crc ^ uint.MaxValue;
    }

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return crc;
    }
}
