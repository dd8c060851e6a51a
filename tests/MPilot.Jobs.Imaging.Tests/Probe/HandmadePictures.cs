using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MPilot.Jobs.Imaging.Tests.Probe;

/// <summary>Pictures written byte by byte, so that each header field can be told to lie.</summary>
internal static class HandmadePictures
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Png(uint width = 40, uint height = 30, byte depth = 8, byte colour = 2, params byte[][] extra)
        => [.. PngSignature, .. Ihdr(width, height, depth, colour), .. extra.SelectMany(chunk => chunk), .. Chunk("IDAT", Deflated()), .. Chunk("IEND", [])];

    /// <summary>A real PNG: <paramref name="pixels"/> are rows of 3 or 4 bytes a pixel.</summary>
    public static byte[] PngOf(int width, int height, byte[] pixels, params byte[][] extra)
    {
        var stride = pixels.Length / height;
        using var bytes = new MemoryStream();
        using (var zip = new ZLibStream(bytes, CompressionLevel.Fastest))
        {
            for (var y = 0; y < height; y++)
            {
                zip.WriteByte(0);
                zip.Write(pixels, y * stride, stride);
            }
        }

        var colour = (byte)(stride == 4 * width ? 6 : 2);
        return [
            .. PngSignature, .. Ihdr((uint)width, (uint)height, 8, colour), .. extra.SelectMany(chunk => chunk),
            .. Chunk("IDAT", bytes.ToArray()), .. Chunk("IEND", []),
        ];
    }

    public static byte[] Ihdr(uint width, uint height, byte depth = 8, byte colour = 2)
        => Chunk("IHDR", [.. Big(width), .. Big(height), depth, colour, 0, 0, 0]);

    public static byte[] Chunk(string name, byte[] payload)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. payload];
        return [.. Big((uint)payload.Length), .. body, .. Big(Crc(body))];
    }

    public static byte[] Jpeg(ushort width = 40, ushort height = 30, byte frame = 0xC0, byte components = 3, params byte[][] extra)
        => [
            0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. extra.SelectMany(segment => segment),
            .. Segment(frame, [8, .. Big16(height), .. Big16(width), components, .. new byte[3 * components]]),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xFF, 0xD9,
        ];

    public static byte[] Segment(byte marker, byte[] payload) => [0xFF, marker, .. Big16((ushort)(payload.Length + 2)), .. payload];

    public static byte[] Webp(params byte[][] chunks)
    {
        var body = chunks.SelectMany(chunk => chunk).ToArray();
        return [.. "RIFF"u8, .. Little((uint)body.Length + 4), .. "WEBP"u8, .. body];
    }

    public static byte[] RiffChunk(string name, byte[] payload)
        => [.. Encoding.ASCII.GetBytes(name), .. Little((uint)payload.Length), .. payload, .. new byte[payload.Length & 1]];

    public static byte[] Vp8(ushort width = 40, ushort height = 30)
        => RiffChunk("VP8 ", [0x10, 0, 0, 0x9D, 0x01, 0x2A, .. Little16(width), .. Little16(height), 1, 2, 3]);

    public static byte[] Vp8L(uint width = 40, uint height = 30, bool alpha = false)
        => RiffChunk("VP8L", [0x2F, .. Little((width - 1) | (height - 1) << 14 | (alpha ? 1u << 28 : 0)), 9, 9]);

    public static byte[] Vp8X(byte flags, uint width = 40, uint height = 30)
        => RiffChunk("VP8X", [flags, 0, 0, 0, .. Little(width - 1)[..3], .. Little(height - 1)[..3]]);

    /// <summary>An EXIF block of two tags, orientation the second, its directory not where it usually is.</summary>
    public static byte[] Exif(ushort orientation, bool bigEndian, bool prefixed)
    {
        byte[] U16(ushort value) => bigEndian ? Big16(value) : Little16(value);
        byte[] U32(uint value) => bigEndian ? Big(value) : Little(value);
        byte[] header = bigEndian ? [.. "MM\0*"u8] : [.. "II*\0"u8];
        byte[] prefix = prefixed ? [.. "Exif\0\0"u8] : [];
        return [
            .. prefix, .. header, .. U32(13), 7, 7, 7, 7, 7, .. U16(2),
            .. U16(0x010F), .. U16(2), .. U32(4), .. "abc\0"u8,
            .. U16(0x0112), .. U16(3), .. U32(1), .. U16(orientation), 0, 0,
            .. U32(0),
        ];
    }

    public static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Little(uint value) => [.. Big(value).Reverse()];

    private static byte[] Big16(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Little16(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Deflated()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZLibStream(bytes, CompressionLevel.Fastest))
        {
            zip.Write(new byte[300]);
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
