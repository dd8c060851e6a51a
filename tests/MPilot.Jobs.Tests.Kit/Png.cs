namespace MPilot.Jobs.Tests.Kit;

/// <summary>Pictures to send, where any will do.</summary>
public static class Png
{
    /// <summary>So many bytes that begin like a PNG; the pixels are rubbish. For readers of headers.</summary>
    public static byte[] Of(int width = 8, int height = 8, bool alpha = true, int length = 64)
    {
        var bytes = new byte[length];
        var header = PngFile.HeaderOnly((uint)width, (uint)height, alpha ? PngFile.Rgba : PngFile.Rgb);
        header.AsSpan(0, Math.Min(header.Length, length)).CopyTo(bytes);
        for (var i = header.Length; i < length; i++)
        {
            bytes[i] = (byte)(i * 31);
        }

        return bytes;
    }

    /// <summary>An RGBA picture whose pixels a function decides.</summary>
    public static byte[] Drawn(int width, int height, Func<int, int, (byte R, byte G, byte B, byte A)> pixel)
    {
        var pixels = new byte[width * height * 4];
        for (var at = 0; at < width * height; at++)
        {
            var (r, g, b, a) = pixel(at % width, at / width);
            new[] { r, g, b, a }.CopyTo(pixels, at * 4);
        }

        return PngFile.Of(width, height, pixels);
    }

    /// <summary>A quiet gradient.</summary>
    public static byte[] Gradient(int width = 64, int height = 64)
        => Drawn(width, height, (x, y) => ((byte)(x * 255 / width), (byte)(y * 255 / height), 128, 255));

    /// <summary>A valid picture of at least so many bytes: noise, which does not compress.</summary>
    public static byte[] Heavy(int length)
    {
        var side = (int)Math.Ceiling(Math.Sqrt(length / 4.0));
        var pixels = new byte[side * side * 4];
        new Random(7).NextBytes(pixels);
        return PngFile.Of(side, side, pixels);
    }
}
