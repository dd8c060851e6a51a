using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>PNG files written chunk by chunk, so that every field can be told to lie.</summary>
public static class PngFile
{
    /// <summary>Colour type of pixels of red, green and blue.</summary>
    public const byte Rgb = 2;

    /// <summary>Colour type of pixels of red, green, blue and alpha.</summary>
    public const byte Rgba = 6;

    /// <summary>A real picture: <paramref name="pixels"/> are rows of 3 or 4 bytes a pixel.</summary>
    /// <param name="extra">Chunks to put before the pixels.</param>
    public static byte[] Of(int width, int height, byte[] pixels, params byte[][] extra)
    {
        var stride = pixels.Length / height;
        return Write(Ihdr((uint)width, (uint)height, colour: stride == 4 * width ? Rgba : Rgb), extra, Rows(pixels, stride));
    }

    /// <summary>A file whose header says anything; its pixels are a few zeros, whatever the header says.</summary>
    /// <param name="extra">Chunks to put before the pixels.</param>
    public static byte[] Claiming(uint width, uint height, byte depth = 8, byte colour = Rgb, params byte[][] extra)
        => Write(Ihdr(width, height, depth, colour), extra, Rows(new byte[300], 300));

    /// <summary>A file of nothing but its header.</summary>
    public static byte[] HeaderOnly(uint width, uint height, byte colour = Rgba) => [.. Signature, .. Ihdr(width, height, colour: colour)];

    public static byte[] Ihdr(uint width, uint height, byte depth = 8, byte colour = Rgb)
        => Chunk("IHDR", [.. Big(width), .. Big(height), depth, colour, 0, 0, 0]);

    public static byte[] Chunk(string name, byte[] payload)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. payload];
        return [.. Big((uint)payload.Length), .. body, .. Big(Crc(body))];
    }

    /// <summary>A number of four bytes, the greatest first.</summary>
    public static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static byte[] Write(byte[] header, byte[][] extra, byte[] rows)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        file.Write(header);
        foreach (var chunk in extra)
        {
            file.Write(chunk);
        }

        file.Write(Chunk("IDAT", rows));
        file.Write(Chunk("IEND", []));
        return file.ToArray();
    }

    private static byte[] Rows(byte[] pixels, int stride)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZLibStream(bytes, CompressionLevel.Fastest))
        {
            for (var at = 0; at < pixels.Length; at += stride)
            {
                zip.WriteByte(0);
                zip.Write(pixels, at, stride);
            }
        }

        return bytes.ToArray();
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
            }
        }

        return ~crc;
    }
}
