using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Inpainting;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Edits pixels with libvips and managed code, on a thread of its own for each edit, within the pixel budget.</summary>
public sealed class VipsPictureEditor(PixelBudget budget) : IPictureEditor
{
    /// <summary>Long side of the copy on which the subject is found: enough for outlines, cheap for any picture.</summary>
    private const double WorkingSide = 768;

    public string? Unavailable => VipsLibrary.Unavailable;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="encoding"/> cannot carry alpha.</exception>
    /// <exception cref="InvalidOperationException">The editor is <see cref="Unavailable"/>.</exception>
    public async Task RemoveBackgroundAsync(
        Func<CancellationToken, ValueTask<Stream>> source, PictureFacts facts, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        if (encoding.Format is not (PictureFormat.Png or PictureFormat.Webp))
        {
            throw new ArgumentException("The encoding must be png or webp, which can carry alpha.", nameof(encoding));
        }

        VipsLibrary.Require();
        using var pixels = await budget.TakeAsync(facts.Stored.Pixels, cancellationToken);
        await using var stream = await source(cancellationToken);
        await VipsThread.RunAsync(
            () =>
            {
                using var picture = PictureDecoder.Decode(stream, facts, cancellationToken);
                Cut(picture, cancellationToken);
                PictureEncoder.Encode(picture, new(encoding, Alpha: true), target, cancellationToken);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="encoding"/> cannot carry the picture's alpha.</exception>
    /// <exception cref="InvalidOperationException">The editor is <see cref="Unavailable"/>.</exception>
    public async Task InpaintAsync(
        PictureInput source, MaskInput mask, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        ThrowIfAlphaIsLost(source.Facts, encoding);
        VipsLibrary.Require();
        using var pixels = await budget.TakeAsync(source.Facts.Stored.Pixels + mask.Picture.Facts.Stored.Pixels, cancellationToken);
        await using var stream = await source.OpenAsync(cancellationToken);
        await using var maskStream = await mask.Picture.OpenAsync(cancellationToken);
        await VipsThread.RunAsync(
            () =>
            {
                using var picture = Painting.Inpaint((stream, source.Facts), (maskStream, mask), cancellationToken);
                PictureEncoder.Encode(picture, new(encoding, source.Facts.HasAlpha), target, cancellationToken);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="encoding"/> cannot carry the picture's alpha.</exception>
    /// <exception cref="InvalidOperationException">The editor is <see cref="Unavailable"/>.</exception>
    public async Task OutpaintAsync(
        PictureInput source, PictureSize size, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        ThrowIfAlphaIsLost(source.Facts, encoding);
        VipsLibrary.Require();
        using var pixels = await budget.TakeAsync(source.Facts.Stored.Pixels + size.Pixels, cancellationToken);
        await using var stream = await source.OpenAsync(cancellationToken);
        await VipsThread.RunAsync(
            () =>
            {
                using var picture = Painting.Outpaint(stream, source.Facts, size, cancellationToken);
                PictureEncoder.Encode(picture, new(encoding, source.Facts.HasAlpha), target, cancellationToken);
            },
            cancellationToken);
    }

    private static void ThrowIfAlphaIsLost(PictureFacts facts, PictureEncoding encoding)
    {
        if (encoding.Format == PictureFormat.Jpeg && facts.HasAlpha)
        {
            throw new ArgumentException("The encoding must be png or webp, which can carry the picture's alpha.", nameof(encoding));
        }
    }

    private static void Cut(VipsImage picture, CancellationToken cancellationToken)
    {
        var scale = Math.Min(1, WorkingSide / Math.Max(picture.Width, picture.Height));
        using var scaled = new VipsOperation("resize").With("in", picture).With("scale", scale).Make();
        using var small = scaled.Render();
        cancellationToken.ThrowIfCancellationRequested();
        BackgroundRemover.Cut(picture.Rows(), small.Rows(), cancellationToken);
    }
}
