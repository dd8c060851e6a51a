using MPilot.Jobs.Engine.Imaging;

namespace MPilot.Jobs.Imaging.Probe;

/// <summary>Reads the headers of png, jpeg and webp pictures as they stream by. Managed code over untrusted bytes: it never throws on any of them.</summary>
/// <param name="maxPixels">The most pixels a picture may have, width times height. Default: 50,000,000.</param>
public sealed class PictureProbe(long maxPixels = PictureProbe.DefaultMaxPixels) : IPictureProbe
{
    /// <summary>50 megapixels.</summary>
    public const long DefaultMaxPixels = 50_000_000;

    public PictureInspection Start() => new StreamedInspection(maxPixels);
}
