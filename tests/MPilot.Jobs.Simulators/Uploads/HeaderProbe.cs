using System.Buffers.Binary;

namespace MPilot.Jobs.Simulators.Uploads;

/// <summary>Reads size and transparency from the start of a PNG, JPEG or WebP file.</summary>
internal static class HeaderProbe
{
    /// <returns>False if more bytes are needed; true with no header if the file is none of these pictures.</returns>
    public static bool TryRead(ReadOnlySpan<byte> head, out PictureHeader? header)
    {
        header = null;
        if (head.Length < 12) return false;
        if (head[0] == 0x89 && head[1..].StartsWith("PNG\r\n\u001a\n"u8)) return TryPng(head, out header);
        if (head[0] == 0xFF && head[1] == 0xD8) return TryJpeg(head, out header);
        if (head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8)) return TryWebp(head, out header);
        return true;
    }

    private static bool TryPng(ReadOnlySpan<byte> head, out PictureHeader? header)
    {
        header = null;
        if (head.Length < 33) return false;
        if (!head[12..].StartsWith("IHDR"u8)) return true;
        var colour = head[25];
        if (colour is 4 or 6) header = Png(head, true);
        // A palette or a single colour can be transparent too: tRNS stands between the header and the pixels.
        for (var at = 33; header is null; at += 12 + Big(head[at..]))
        {
            if (at + 8 > head.Length || at < 0) return at < 0;
            var kind = head.Slice(at + 4, 4);
            if (kind.SequenceEqual("tRNS"u8)) header = Png(head, true);
            else if (kind.SequenceEqual("IDAT"u8)) header = Png(head, false);
            else if (Big(head[at..]) < 0) return true;
        }
        return true;
    }

    private static PictureHeader Png(ReadOnlySpan<byte> head, bool alpha) => new("png", Big(head[16..]), Big(head[20..]), alpha);

    private static bool TryJpeg(ReadOnlySpan<byte> head, out PictureHeader? header)
    {
        header = null;
        for (var at = 2; ; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]))
        {
            while (at < head.Length - 1 && head[at] == 0xFF && head[at + 1] == 0xFF) at++;
            if (at + 9 > head.Length) return false;
            if (head[at] != 0xFF) return true;
            if (head[at + 1] is not (>= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC)) continue;
            header = new PictureHeader("jpeg", BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]), false);
            return true;
        }
    }

    private static bool TryWebp(ReadOnlySpan<byte> head, out PictureHeader? header)
    {
        header = null;
        if (head.Length < 30) return false;
        var kind = head.Slice(12, 4);
        if (kind.SequenceEqual("VP8X"u8)) header = new PictureHeader("webp", 1 + Small24(head[24..]), 1 + Small24(head[27..]), (head[20] & 0x10) != 0);
        else if (kind.SequenceEqual("VP8 "u8)) header = new PictureHeader("webp", Small16(head[26..]) & 0x3FFF, Small16(head[28..]) & 0x3FFF, false);
        else if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            header = new PictureHeader("webp", 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF), (bits >> 28 & 1) == 1);
        }
        return true;
    }

    private static int Big(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes);

    private static int Small16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static int Small24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
