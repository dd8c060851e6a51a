using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Rendering;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Imaging.Tests.Rendering;

/// <summary>Renders in memory, and draws small pictures out of numbers.</summary>
internal static class Rendered
{
    public static IPictureRenderer Renderer { get; } = new VipsPictureRenderer(new PixelBudget());

    public static EditArea Area(byte[] source, byte[]? mask, MaskPolarity? polarity = null)
        => new(Editing.Input(source), mask is null ? null : new(Editing.Input(mask), polarity));

    /// <summary>Nothing is cut, scaled or padded.</summary>
    public static Layout Identity(int width, int height)
    {
        var all = PictureArea.Whole(new(width, height));
        return new(all, all.Size, all, all.Size, all);
    }

    public static async Task<byte[]> SourceAsync(byte[] source, SourceRendering rendering)
    {
        using var drawn = new MemoryStream();
        await Renderer.RenderSourceAsync(Editing.Input(source), rendering, drawn.WriteAsync, CancellationToken.None);
        return drawn.ToArray();
    }

    public static async Task<byte[]> MaskAsync(EditArea area, Layout layout, MaskForm form)
    {
        using var drawn = new MemoryStream();
        await Renderer.RenderMaskAsync(new(area, layout, form), drawn.WriteAsync, CancellationToken.None);
        return drawn.ToArray();
    }

    public static async Task<(byte[] Answer, MaskDrift? Drift)> FinishAsync(byte[] delivered, Finishing finishing)
    {
        using var answer = new MemoryStream();
        var drift = await Renderer.FinishAsync(Editing.Input(delivered), finishing, answer.WriteAsync, CancellationToken.None);
        return (answer.ToArray(), drift);
    }

    /// <summary>A mask of transparency: rows of strengths.</summary>
    public static byte[] Mask(params byte[][] strengths)
        => Png.Drawn(strengths[0].Length, strengths.Length, (x, y) => (9, 9, 9, (byte)(255 - strengths[y][x])));

    /// <summary>One channel of a picture, row after row.</summary>
    public static byte[][] Channel(Pixels pixels, int channel)
        => [.. Enumerable.Range(0, pixels.Height).Select(y => Enumerable.Range(0, pixels.Width).Select(x => pixels[x, y][channel]).ToArray())];

    public static byte[][] Red(byte[] encoded) => Channel(Pixels.Decode(encoded), 0);

    public static byte[][] Alpha(byte[] encoded) => Channel(Pixels.Decode(encoded), 3);

    /// <summary>What a png's header says of its colours: 0 is grey, 2 red green blue, 4 grey and alpha, 6 all four.</summary>
    public static byte ColourType(byte[] png) => png[25];
}
