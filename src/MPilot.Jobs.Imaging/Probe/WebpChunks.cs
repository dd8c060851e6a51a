using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>What the chunks of a WebP carry.</summary>
internal static class WebpChunks
{
    /// <summary><see cref="PictureMetadata.None"/> where it belongs to the picture itself.</summary>
    public static PictureMetadata Carried(ReadOnlySpan<byte> name)
        => name.SequenceEqual("ICCP"u8) ? PictureMetadata.Colour
            : name.SequenceEqual("C2PA"u8) ? PictureMetadata.Provenance
            : name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8) || name.SequenceEqual("VP8X"u8) || name.SequenceEqual("ALPH"u8) ? PictureMetadata.None
            : PictureMetadata.Private;
}
