using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Tests.Kit;

/// <summary>What a decoder makes of a picture before it decodes a pixel.</summary>
public static class DecoderHeader
{
    /// <summary>The size, or <c>null</c> where it refuses the header.</summary>
    public static PictureSize? Size(byte[] picture, PictureFormat format)
    {
        using var source = new VipsSource(new MemoryStream(picture), CancellationToken.None);
        try
        {
            using var image = new VipsOperation($"{format.ToString().ToLowerInvariant()}load_source").WithObject("source", source.Handle).Make();
            return image.Size;
        }
        catch (VipsException)
        {
            return null;
        }
    }
}
