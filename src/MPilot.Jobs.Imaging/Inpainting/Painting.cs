using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Masks;
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
            Inpainter.Fill(picture.Rows(), strength, around: false, cancellationToken);
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
                Inpainter.Fill(canvas.Rows(), strength, around: true, cancellationToken);
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
        using var strength = MaskReader.Read(mask.Stream, mask.Input, source, cancellationToken);
        return EditStrength.Of(strength.Rows());
    }
}
