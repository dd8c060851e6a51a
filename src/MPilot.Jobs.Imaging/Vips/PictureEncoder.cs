using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Imaging.Vips;

/// <summary>Encodes a drawn picture, handing on the bytes as they come.</summary>
internal static class PictureEncoder
{
    private const int PngCompression = 4;
    private const int PngFilterAll = 0xF8;
    private const int WebpQuality = 90;
    private const int JpegQuality = 92;

    /// <summary>Little: lossless webp is the slowest of the encodings by far.</summary>
    private const int WebpLosslessEffort = 1;

    private static readonly double[] White = [byte.MaxValue, byte.MaxValue, byte.MaxValue];

    /// <param name="picture">Red, green, blue, alpha.</param>
    public static void Encode(
        VipsImage picture, Saving saving, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        if (saving.Alpha && saving.Encoding.Format != PictureFormat.Jpeg)
        {
            Save((picture, saving.Encoding.Format), Saver(saving), take, cancellationToken);
            return;
        }

        using var opaque = Opaque(picture, saving.Alpha);
        Save((opaque, saving.Encoding.Format), Saver(saving), take, cancellationToken);
    }

    /// <summary>As a png of the channels it has.</summary>
    public static void EncodePng(VipsImage picture, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
        => Save((picture, PictureFormat.Png), Png(), take, cancellationToken);

    private static VipsImage Opaque(VipsImage picture, bool alpha) => alpha
        ? new VipsOperation("flatten").With("in", picture).With("background", White).Make()
        : new VipsOperation("extract_band").With("in", picture).With("band", 0).With("n", White.Length).Make();

    private static void Save(
        (VipsImage Image, PictureFormat Format) picture, VipsOperation saver, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellationToken)
    {
        var facts = new PictureFacts(picture.Format, picture.Image.Size, Frames: 1, picture.Image.HasAlpha, Orientation: 1);
        using var target = new VipsTarget(take, cancellationToken) { Stripper = picture.Format == PictureFormat.Webp ? new(facts) : null };
        try
        {
            // The picture's metadata no longer fits it: it is upright and sRGB now.
            saver.With("in", picture.Image).With("strip", value: true).WithObject("target", target.Handle).Run();
        }
        catch (VipsException)
        {
            target.Fault?.Throw();
            throw;
        }

        target.Fault?.Throw();
        target.Flush();
    }

    private static VipsOperation Saver(Saving saving) => (saving.Encoding.Format, saving.Encoding.Quality) switch
    {
        (PictureFormat.Png, _) => Png(),
        (PictureFormat.Webp, _) when saving.Lossless => new VipsOperation("webpsave_target").With("lossless", value: true).With("effort", WebpLosslessEffort),
        (PictureFormat.Webp, var quality) => new VipsOperation("webpsave_target").With("Q", quality ?? WebpQuality),
        (_, var quality) => new VipsOperation("jpegsave_target").With("Q", Math.Max(1, quality ?? JpegQuality)),
    };

    private static VipsOperation Png() => new VipsOperation("pngsave_target").With("compression", PngCompression).With("filter", PngFilterAll);
}
