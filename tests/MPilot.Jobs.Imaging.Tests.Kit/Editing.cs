using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.BackgroundRemoval;

namespace MPilot.Jobs.Imaging.Tests.Kit;

/// <summary>Edits by the built-in editor, all in memory.</summary>
public static class Editing
{
    public static PictureInput Input(byte[] picture) => new(_ => new(new MemoryStream(picture)), Probing.Facts(picture));

    public static async Task<byte[]> InpaintAsync(byte[] picture, byte[] mask, MaskPolarity? polarity = null, PictureEncoding? encoding = null)
    {
        using var answer = new MemoryStream();
        await new VipsPictureEditor(new PixelBudget()).InpaintAsync(
            Input(picture), new(Input(mask), polarity), encoding ?? new(PictureFormat.Png), answer.WriteAsync, CancellationToken.None);
        return answer.ToArray();
    }

    public static async Task<Pixels> InpaintAsync(Pixels picture, Pixels mask, MaskPolarity? polarity = null)
        => Pixels.Decode(await InpaintAsync(picture.Png(), mask.Png(), polarity));

    public static async Task<byte[]> OutpaintAsync(byte[] picture, PictureSize size, PictureEncoding? encoding = null)
    {
        using var answer = new MemoryStream();
        await new VipsPictureEditor(new PixelBudget()).OutpaintAsync(
            Input(picture), size, encoding ?? new(PictureFormat.Png), answer.WriteAsync, CancellationToken.None);
        return answer.ToArray();
    }
}
