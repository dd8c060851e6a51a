namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>One number for every pixel of the working copy. Starts as zeros.</summary>
internal sealed class Plane(int width, int height) : PixelGrid<float>(width, height)
{
    public Span<float> Row(int y) => Values.Slice(y * Width, Width);
}
