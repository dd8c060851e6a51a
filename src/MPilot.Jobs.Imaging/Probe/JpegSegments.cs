using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>What the segments of a JPEG carry.</summary>
internal static class JpegSegments
{
    public const byte FirstApp = 0xE0;
    public const byte Exif = 0xE1;
    public const byte Comment = 0xFE;

    /// <summary>How many first bytes of an application's segment tell what it is.</summary>
    public const int Needed = 14;

    private const byte Profile = 0xE2;
    private const byte Boxes = 0xEB;
    private const byte Adobe = 0xEE;
    private const byte LastApp = 0xEF;

    /// <summary>Whether a segment is an application's or a comment.</summary>
    public static bool IsExtra(byte marker) => marker is (>= FirstApp and <= LastApp) or Comment;

    /// <summary><see cref="PictureMetadata.None"/> where it belongs to the picture itself.</summary>
    public static PictureMetadata Carried(byte marker, ReadOnlySpan<byte> first) => marker switch
    {
        _ when !IsExtra(marker) => PictureMetadata.None,
        FirstApp when first.StartsWith("JFIF\0"u8) => PictureMetadata.None,
        Adobe when first.StartsWith("Adobe"u8) => PictureMetadata.None,
        Profile when first.StartsWith("ICC_PROFILE\0"u8) => PictureMetadata.Colour,
        Boxes when first.StartsWith("JP"u8) => PictureMetadata.Provenance,
        _ => PictureMetadata.Private,
    };
}
