using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Benchmarks;

/// <summary>Valid pictures of a given weight.</summary>
internal static class BenchPictures
{
    /// <summary>A PNG of noise of about so many bytes: noise does not compress, so weight is pixels.</summary>
    public static byte[] Noise(int bytes)
    {
        var side = (int)Math.Sqrt(bytes / 3.0);
        var pixels = new byte[side * side * 3];
        new Random(11).NextBytes(pixels);
        return PngFile.Of(side, side, pixels);
    }
}
