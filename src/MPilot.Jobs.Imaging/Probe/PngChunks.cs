using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>What the chunks of a PNG carry.</summary>
internal static class PngChunks
{
    /// <summary>Four bytes each: what decoders need, and what says how the pixels are to be shown.</summary>
    private static ReadOnlySpan<byte> Shown => "IHDRPLTEIDATIENDtRNSgAMAcHRMsRGBcICPsBITbKGDhISTsPLTpHYsmDCVcLLI"u8;

    /// <summary><see cref="PictureMetadata.None"/> where it belongs to the picture itself.</summary>
    public static PictureMetadata Carried(ReadOnlySpan<byte> name)
        => name.SequenceEqual("iCCP"u8) ? PictureMetadata.Colour
            : name.SequenceEqual("caBX"u8) ? PictureMetadata.Provenance
            : IsShown(name) ? PictureMetadata.None
            : PictureMetadata.Private;

    private static bool IsShown(ReadOnlySpan<byte> name)
    {
        for (var at = 0; at < Shown.Length; at += 4)
        {
            if (name.SequenceEqual(Shown.Slice(at, 4)))
            {
                return true;
            }
        }

        return false;
    }
}
