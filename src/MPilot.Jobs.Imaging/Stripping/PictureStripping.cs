using System.Buffers;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.Stripping;

/// <summary>Copies pictures without what does not belong to them. Managed code over untrusted bytes.</summary>
internal static class PictureStripping
{
    private const int PieceLength = 64 * 1024;

    public static async Task StripAsync(
        PictureInput picture, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        var stripper = picture.Facts.Format switch
        {
            PictureFormat.Png => new PngStripper(picture.Facts.Orientation),
            PictureFormat.Jpeg => new JpegStripper(picture.Facts.Orientation),
            _ => await CountedAsync(picture, cancellationToken),
        };
        await WalkAsync(picture, stripper, target, cancellationToken);
    }

    private static async Task<Stripper> CountedAsync(PictureInput picture, CancellationToken cancellationToken)
    {
        var counting = new WebpStripper(picture.Facts);
        await WalkAsync(picture, counting, (_, _) => default, cancellationToken);
        return counting.Second();
    }

    private static async Task WalkAsync(
        PictureInput picture, Stripper stripper, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> target, CancellationToken cancellationToken)
    {
        await using var stream = await picture.OpenAsync(cancellationToken);
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            while (!stripper.Ended && await stream.ReadAsync(piece, cancellationToken) is > 0 and var read)
            {
                stripper.Push(piece.AsSpan(0, read));
                if (!stripper.Kept.IsEmpty)
                {
                    await target(stripper.Kept, cancellationToken);
                    stripper.Forget();
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        if (!stripper.Whole)
        {
            throw new PictureUndecodableException("The picture's file is damaged, or ends too early.");
        }
    }
}
