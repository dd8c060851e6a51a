using System.Text;

using static MPilot.Jobs.Tests.Kit.PngFile;

namespace MPilot.Jobs.Tests.Kit;

/// <summary>JPEG and WebP pictures written byte by byte, so that each header field can be told to lie.</summary>
public static class HandmadePictures
{
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

    private static byte[] Little(uint value) => [.. Big(value).Reverse()];

    private static byte[] Big16(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Little16(ushort value) => [(byte)value, (byte)(value >> 8)];
}
