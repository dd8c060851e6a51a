using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Lays out a source, or how strongly it is to be edited: the same steps, so that both fit over each other.</summary>
/// <param name="Resize">Scales.</param>
/// <param name="Invented">What is around the source in the answer.</param>
/// <param name="Padding">What is around the answer in what is sent.</param>
internal sealed record Arrangement(Func<VipsImage, PictureSize, VipsImage> Resize, Rim Invented, Rim Padding)
{
    public static Arrangement Strength { get; } = new(Rendering.Resize.Strength, Rim.Full, Rim.Clear);

    public static Arrangement Picture(bool alpha)
        => new(alpha ? Rendering.Resize.Transparent : Rendering.Resize.Opaque, Rim.Continued, Rim.Continued);

    /// <summary>The part of the source that is used, as it lies in the answer.</summary>
    public VipsImage Placed(VipsImage source, Layout layout) => Cropped(source, layout, layout.Place.Size);

    /// <summary>All of what is sent.</summary>
    public VipsImage Sent(VipsImage source, Layout layout)
    {
        using var window = layout.Extends ? Extended(source, layout) : Cropped(source, layout, layout.Window.Size);
        return Pad.To(window, layout.Sent, layout.Window, Padding);
    }

    private VipsImage Extended(VipsImage source, Layout layout)
    {
        using var placed = Placed(source, layout);
        using var answer = Pad.To(placed, layout.Answer, layout.Place, Invented);
        return Resize(answer, layout.Window.Size);
    }

    private VipsImage Cropped(VipsImage source, Layout layout, PictureSize size)
    {
        using var cropped = Crop.To(source, layout.Crop);
        return Resize(cropped, size);
    }
}
