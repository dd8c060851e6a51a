using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>Encodes a rendered picture, handing on the bytes as they come.</summary>
internal static class PictureEncoder
{
    private const int PngCompression = 4;
    private const int PngFilterAll = 0xF8;
    private const int WebpQuality = 90;
    private const int JpegQuality = 92;

    public static void Encode(
        VipsImage picture, PictureEncoding encoding, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        using var target = new VipsTarget(take, cancellationToken);
        try
        {
            // The picture's metadata no longer fits it: it is upright and sRGB now.
            Saver(encoding).With("in", picture).With("strip", value: true).WithObject("target", target.Handle).Run();
        }
        catch (VipsException)
        {
            target.Fault?.Throw();
            throw;
        }

        target.Fault?.Throw();
        target.Flush();
    }

    private static VipsOperation Saver(PictureEncoding encoding) => encoding.Format switch
    {
        PictureFormat.Png => new VipsOperation("pngsave_target").With("compression", PngCompression).With("filter", PngFilterAll),
        PictureFormat.Webp => new VipsOperation("webpsave_target").With("Q", encoding.Quality ?? WebpQuality),
        _ => new VipsOperation("jpegsave_target").With("Q", Math.Max(1, encoding.Quality ?? JpegQuality)),
    };
}
