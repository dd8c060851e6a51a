namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Limits on pictures.</summary>
public sealed class PicturesOptions
{
    /// <summary>
    /// Pixels being decoded at one time in the process; others queue. Higher edits more at once and takes about 16 bytes of memory a pixel,
    /// lower is slower under load. Default: 64,000,000.
    /// </summary>
    public long PixelBudget { get; set; } = 64_000_000;

    /// <summary>Largest picture accepted, in pixels. Higher lets single requests take more memory and time. Default: 50,000,000.</summary>
    public long MaxPixels { get; set; } = 50_000_000;

    /// <summary>
    /// What becomes of C2PA manifests in results: <c>keep</c> leaves a picture that carries one exactly as the provider made it, its other metadata
    /// included; <c>strip</c> removes it. A picture that has to be drawn anew loses it either way. Default: <c>keep</c>.
    /// </summary>
    public string Provenance { get; set; } = "keep";

    /// <summary>Largest picture accepted, in bytes as uploaded. Default: 52,428,800 (50 MiB).</summary>
    public long MaxBytes { get; set; } = 50L << 20;
}
