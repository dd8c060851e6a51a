namespace MPilot.Jobs.Imaging;

/// <summary>How large pictures may be, and how much of them is decoded at the same time.</summary>
public sealed class ImagingOptions
{
    /// <summary>
    /// Pixels decoded at the same time in this process; edits that do not fit wait, one larger than all runs alone. Decoding takes about 8 bytes a pixel:
    /// more lets more edits run side by side and takes more memory, less makes them wait. Default: 64,000,000.
    /// </summary>
    public long PixelBudget { get; set; } = Imaging.PixelBudget.DefaultPixels;

    /// <summary>
    /// Pixels (width times height) a picture may have. More accepts larger pictures, each of which takes that much of the budget; less refuses them at upload.
    /// Default: 50,000,000.
    /// </summary>
    public long MaxPixels { get; set; } = Probe.PictureProbe.DefaultMaxPixels;
}
