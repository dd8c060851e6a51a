using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Masks;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Opens and decodes pictures, one after the other, on the thread of a drawing: waiting for bytes there starves nobody.</summary>
internal static class Reading
{
    public static VipsImage Picture(PictureInput picture, CancellationToken cancellationToken)
    {
        using var stream = Open(picture, cancellationToken);
        return PictureDecoder.Decode(stream, picture.Facts, cancellationToken);
    }

    /// <summary>How strongly each pixel of the source is to be edited, its size that of the source as a person sees it.</summary>
    public static VipsImage Strength(EditArea area, CancellationToken cancellationToken)
    {
        if (area.Mask is null)
        {
            using var source = Picture(area.Source, cancellationToken);
            return MaskReader.OfAlpha(source);
        }

        return Strength(area.Mask, area.Source, cancellationToken);
    }

    /// <summary>Likewise, for a source that was decoded before.</summary>
    public static VipsImage Strength(EditArea area, VipsImage source, CancellationToken cancellationToken)
        => area.Mask is null ? MaskReader.OfAlpha(source) : Strength(area.Mask, area.Source, cancellationToken);

    private static VipsImage Strength(MaskInput mask, PictureInput source, CancellationToken cancellationToken)
    {
        using var stream = Open(mask.Picture, cancellationToken);
        return MaskReader.Read(stream, mask, source.Facts, cancellationToken);
    }

    private static Stream Open(PictureInput picture, CancellationToken cancellationToken)
        => picture.OpenAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
}
