using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Cuts areas out of images.</summary>
internal static class Crop
{
    public static VipsImage To(VipsImage image, PictureArea area) => area == PictureArea.Whole(image.Size)
        ? image.Again()
        : new VipsOperation("extract_area").With("input", image)
            .With("left", area.Left).With("top", area.Top).With("width", area.Width).With("height", area.Height).Make();
}
