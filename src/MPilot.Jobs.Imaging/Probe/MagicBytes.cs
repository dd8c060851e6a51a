namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Tells encodings apart by their first bytes.</summary>
internal static class MagicBytes
{
    /// <summary>How many first bytes tell.</summary>
    public const int Needed = 12;

    public static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    public static bool IsWebp(ReadOnlySpan<byte> bytes) => bytes.StartsWith("RIFF"u8) && bytes.Length >= Needed && bytes[8..].StartsWith("WEBP"u8);

    /// <summary>Names what is not png, jpeg or webp, or <c>null</c> when it is unknown.</summary>
    public static string? NameOther(ReadOnlySpan<byte> bytes)
        => Riff(bytes) ?? Boxed(bytes) ?? Text(bytes) ?? Simple(bytes);

    private static string? Simple(ReadOnlySpan<byte> bytes)
        => bytes.StartsWith("GIF8"u8) ? "a gif"
            : bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) || bytes.StartsWith("II+\0"u8) || bytes.StartsWith("MM\0+"u8) ? "a tiff"
            : bytes.StartsWith("BM"u8) ? "a bmp"
            : bytes.StartsWith("%PDF"u8) ? "a pdf"
            : bytes.StartsWith("8BPS"u8) ? "a psd"
            : bytes.StartsWith("PK\x3\x4"u8) ? "a zip archive"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0x01, 0x00]) ? "an ico"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0x02, 0x00]) ? "a cur"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "a gzip archive"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) ? "a jpeg xl"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]) ? "a jpeg 2000"
            : null;

    private static string? Riff(ReadOnlySpan<byte> bytes)
        => bytes.StartsWith("RIFF"u8) && bytes.Length >= Needed && !IsWebp(bytes) ? "another kind of RIFF file" : null;

    private static string? Boxed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Needed || bytes[0] != 0)
        {
            return null;
        }

        var box = bytes.Slice(4, 4);
        var brand = bytes.Slice(8, 4);
        return box.SequenceEqual("JXL "u8) ? "a jpeg xl"
            : box.SequenceEqual("jP  "u8) ? "a jpeg 2000"
            : !box.SequenceEqual("ftyp"u8) ? null
            : brand.StartsWith("avi"u8) ? "an avif"
            : brand.StartsWith("he"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) ? "a heic"
            : "a video or other media file";
    }

    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        bytes = bytes.TrimStart(" \t\r\n"u8);
        return bytes.StartsWith("<svg"u8) ? "an svg"
            : bytes.StartsWith("<?xml"u8) ? "an svg or other xml document"
            : bytes.StartsWith("<!"u8) || bytes.StartsWith("<html"u8) || bytes.StartsWith("<HTML"u8) ? "an html page"
            : null;
    }
}
