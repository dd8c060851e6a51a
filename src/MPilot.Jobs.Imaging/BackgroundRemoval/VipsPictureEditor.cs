using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
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

        if (Unavailable is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        using var pixels = await budget.TakeAsync(facts.Stored.Pixels, cancellationToken);
        await using var stream = await source(cancellationToken);
        await Task.Factory.StartNew(
            () => Edit(stream, facts, encoding, target, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
    }

    private static void Edit(
        Stream stream, PictureFacts facts, PictureEncoding encoding,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        try
        {
            using var picture = PictureDecoder.Decode(stream, facts, cancellationToken);
            Cut(picture, cancellationToken);
            PictureEncoder.Encode(picture, encoding, target, cancellationToken);
        }
        finally
        {
            VipsNative.EndThread();
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
