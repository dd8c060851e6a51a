namespace MPilot.Jobs.Imaging.Tests.Inpainting;

/// <summary>Pictures and masks made for the test.</summary>
internal static class Drawn
{
    /// <summary>Opaque, without two alike rows or columns, and without noise.</summary>
    public static Pixels Picture(int width, int height)
        => Of(width, height, (x, y) => ((byte)(90 + (60 * Math.Sin(x * 0.7))), (byte)(120 + (50 * Math.Cos(y * 0.5))), (byte)((x + (2 * y)) % 200), 255));

    /// <summary>A mask that is opaque but for a rectangle.</summary>
    public static Pixels Mask(int width, int height, (int X, int Y, int Width, int Height) hole, byte strength = 255)
        => Of(width, height, (x, y) => (0, 0, 0, (byte)(In(hole, x, y) ? 255 - strength : 255)));

    public static Pixels Of(int width, int height, Func<int, int, (byte R, byte G, byte B, byte A)> colour)
    {
        var pixels = new Pixels(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = pixels[x, y];
                (pixel[0], pixel[1], pixel[2], pixel[3]) = colour(x, y);
            }
        }

        return pixels;
    }

    public static bool[] HoleOf((int X, int Y, int Width, int Height) area, int width, int height)
        => [.. Enumerable.Range(0, width * height).Select(i => In(area, i % width, i / width))];

    public static bool In((int X, int Y, int Width, int Height) area, int x, int y)
        => x >= area.X && y >= area.Y && x < area.X + area.Width && y < area.Y + area.Height;

    /// <summary>How many pixels outside an area differ.</summary>
    public static int ChangedOutside((int X, int Y, int Width, int Height) area, Pixels one, Pixels other)
    {
        var changed = 0;
        for (var y = 0; y < one.Height; y++)
        {
            for (var x = 0; x < one.Width; x++)
            {
                changed += !In(area, x, y) && !one[x, y].SequenceEqual(other[x, y]) ? 1 : 0;
            }
        }

        return changed;
    }
}
