using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Lays images into larger ones.</summary>
internal static class Pad
{
    /// <param name="image">Of the size of <paramref name="place"/>.</param>
    public static VipsImage To(VipsImage image, PictureSize size, PictureArea place, Rim rim) => place == PictureArea.Whole(size)
        ? image.Again()
        : new VipsOperation("embed").With("in", image).With("x", place.Left).With("y", place.Top)
            .With("width", size.Width).With("height", size.Height).With("extend", (int)rim).Make();
}
