using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>From bytes to a filled picture.</summary>
internal static class Painting
{
    public static VipsImage Inpaint((Stream Stream, PictureFacts Facts) source, (Stream Stream, MaskInput Input) mask, CancellationToken cancellationToken)
    {
        var picture = PictureDecoder.Decode(source.Stream, source.Facts, cancellationToken);
        try
        {
            using var strength = Strength(mask, source.Facts, cancellationToken);
            Inpainter.Fill(picture.Rows(), strength, cancellationToken);
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    public static VipsImage Outpaint(Stream stream, PictureFacts facts, PictureSize size, CancellationToken cancellationToken)
    {
        using var picture = PictureDecoder.Decode(stream, facts, cancellationToken);
        var (canvas, strength) = Canvas.Around(picture, size);
        try
        {
            using (strength)
            {
                Inpainter.Fill(canvas.Rows(), strength, cancellationToken);
            }

            return canvas;
        }
        catch
        {
            canvas.Dispose();
            throw;
        }
    }

    private static Grid<byte> Strength((Stream Stream, MaskInput Input) mask, PictureFacts source, CancellationToken cancellationToken)
    {
        var facts = mask.Input.Picture.Facts;
        var upright = facts.Oriented == source.Oriented;
        if (!upright && facts.Oriented != source.Stored)
        {
            throw new EditImpossibleException($"The mask is {facts.Oriented}, the picture {source.Oriented}: they must be of one size.");
        }

        using var decoded = PictureDecoder.Decode(mask.Stream, facts, cancellationToken);
        if (upright)
        {
            return EditStrength.Read(decoded.Rows(), mask.Input.Polarity);
        }

        // Drawn over the picture as it is stored: it turns with it.
        using var turned = PictureDecoder.Turned(decoded, source.Orientation);
        return EditStrength.Read(turned.Rows(), mask.Input.Polarity);
    }
}
