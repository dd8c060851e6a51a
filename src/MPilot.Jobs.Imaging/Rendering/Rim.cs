namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>What is around an image that is laid into a larger one; the numbers are those of libvips.</summary>
internal enum Rim
{
    /// <summary>Zeros: transparent in a picture, kept in a mask.</summary>
    Clear = 0,

    /// <summary>The image's outermost pixels go on.</summary>
    Continued = 1,

    /// <summary>255: repainted in a mask.</summary>
    Full = 4,
}
