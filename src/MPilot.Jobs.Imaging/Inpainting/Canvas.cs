using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>A larger picture with a given one in its middle.</summary>
internal static class Canvas
{
    private const int Black = 0;

    /// <summary>The canvas, clear outside the picture, and how strongly each of its pixels is to be filled.</summary>
    public static (VipsImage Picture, Grid<byte> Strength) Around(VipsImage picture, PictureSize size)
    {
        using var fitted = Fitted(picture, size);
        var own = fitted ?? picture;
        var (left, top) = ((size.Width - own.Width) / 2, (size.Height - own.Height) / 2);
        using var embedded = new VipsOperation("embed").With("in", own).With("x", left).With("y", top)
            .With("width", size.Width).With("height", size.Height).With("extend", Black).Make();
        var strength = new Grid<byte>(size.Width, size.Height);
        strength.Values.Fill(byte.MaxValue);
        for (var y = top; y < top + own.Height; y++)
        {
            strength.Row(y).Slice(left, own.Width).Clear();
        }

        return (embedded.Render(), strength);
    }

    /// <summary>The picture scaled down until it fits, or <c>null</c> where it does.</summary>
    private static VipsImage? Fitted(VipsImage picture, PictureSize size)
    {
        var scale = Math.Min((double)size.Width / picture.Width, (double)size.Height / picture.Height);
        if (scale >= 1)
        {
            return null;
        }

        var (width, height) = (Side(picture.Width, scale, size.Width), Side(picture.Height, scale, size.Height));
        using var weighted = new VipsOperation("premultiply").With("in", picture).Make();
        using var resized = new VipsOperation("resize").With("in", weighted)
            .With("scale", (double)width / picture.Width).With("vscale", (double)height / picture.Height).Make();
        using var plain = new VipsOperation("unpremultiply").With("in", resized).Make();
        using var bytes = new VipsOperation("cast").With("in", plain).With("format", 0).Make();
        return bytes.Render();
    }

    private static int Side(int own, double scale, int most) => (int)Math.Clamp(Math.Round(own * scale), 1, most);
}
