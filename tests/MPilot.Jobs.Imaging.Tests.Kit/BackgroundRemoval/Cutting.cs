using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.BackgroundRemoval;

namespace MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

public static class Cutting
{
    public static async Task<byte[]> CutAsync(byte[] picture, PictureEncoding? encoding = null, PictureFacts? facts = null)
    {
        using var answer = new MemoryStream();
        await new VipsPictureEditor(new PixelBudget()).RemoveBackgroundAsync(
            _ => new(new MemoryStream(picture)),
            facts ?? Probing.Facts(picture),
            encoding ?? new(PictureFormat.Png),
            (piece, cancellationToken) => answer.WriteAsync(piece, cancellationToken),
            CancellationToken.None);
        return answer.ToArray();
    }
}
