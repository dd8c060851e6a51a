namespace MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

/// <summary>Known mattes, 0..1, of various subject-like shapes with soft edges. Coordinates are -1..1 across the picture.</summary>
public static class Mattes
{
    private const int Samples = 3;
    private const int Strands = 18;

    public static readonly IReadOnlyDictionary<string, Func<double, double, bool>> Shapes = new Dictionary<string, Func<double, double, bool>>(StringComparer.Ordinal)
    {
        ["blob"] = Blob,
        ["ring"] = (x, y) => Math.Sqrt((x * x) + (y * y)) is > 0.3 and < 0.66,
        ["hair"] = Hair,
        ["bottle"] = Bottle,
        ["two"] = (x, y) => Math.Pow((x + 0.45) / 0.3, 2) + Math.Pow(y / 0.5, 2) < 1 || (Math.Abs(x - 0.45) < 0.28 && Math.Abs(y - 0.1) < 0.35),
        ["bust"] = (x, y) => Math.Pow(x / 0.28, 2) + Math.Pow((y + 0.25) / 0.36, 2) < 1 || (y > 0.05 && Math.Pow(x / 0.75, 2) + Math.Pow((y - 1) / 0.75, 2) < 1),
        ["cog"] = (x, y) => Math.Sqrt((x * x) + (y * y)) < 0.55 + (0.09 * Math.Sign(Math.Sin(14 * Math.Atan2(y, x)))),
    };

    public static float[] Draw(Func<double, double, bool> inside, int side)
    {
        var matte = new float[side * side];
        for (var i = 0; i < matte.Length; i++)
        {
            matte[i] = Coverage(inside, (i % side, i / side), side);
        }

        return Softened(matte, side);
    }

    /// <summary>The side of a square matte.</summary>
    public static int Side(float[] matte) => (int)Math.Sqrt(matte.Length);

    /// <summary>Means over so many values before and behind, each a step apart: 1 goes across a square matte, its side goes down.</summary>
    public static float[] Blurred(float[] matte, int radius, int step)
    {
        var side = Side(matte);
        var blurred = new float[matte.Length];
        for (var line = 0; line < side; line++)
        {
            var start = line * (step == 1 ? side : 1);
            for (var i = 0; i < side; i++)
            {
                var sum = 0f;
                for (var near = i - radius; near <= i + radius; near++)
                {
                    sum += matte[start + (Math.Clamp(near, 0, side - 1) * step)];
                }

                blurred[start + (i * step)] = sum / ((2 * radius) + 1);
            }
        }

        return blurred;
    }

    private static float Coverage(Func<double, double, bool> inside, (int X, int Y) at, int side)
    {
        var hits = 0;
        for (var i = 0; i < Samples * Samples; i++)
        {
            var x = at.X + (((i % Samples) + 0.5) / Samples);
            var y = at.Y + ((i / Samples + 0.5) / Samples);
            hits += inside((2 * x / side) - 1, (2 * y / side) - 1) ? 1 : 0;
        }

        return (float)hits / (Samples * Samples);
    }

    /// <summary>A lens is never perfectly sharp.</summary>
    private static float[] Softened(float[] matte, int side)
    {
        var soft = new float[matte.Length];
        for (var at = 0; at < matte.Length; at++)
        {
            var sum = 0f;
            for (var i = 0; i < 9; i++)
            {
                var (x, y) = (Math.Clamp((at % side) + (i % 3) - 1, 0, side - 1), Math.Clamp((at / side) + (i / 3) - 1, 0, side - 1));
                sum += matte[(y * side) + x] * (i == 4 ? 4 : i % 2 == 1 ? 2 : 1);
            }

            soft[at] = sum / 16;
        }

        return soft;
    }

    private static bool Blob(double x, double y)
    {
        var angle = Math.Atan2(y, x);
        var radius = 0.55 + (0.12 * Math.Sin((3 * angle) + 1)) + (0.06 * Math.Cos((5 * angle) + 2)) + (0.03 * Math.Sin(9 * angle));
        return (x * x) + (y * y) < radius * radius;
    }

    private static bool Bottle(double x, double y)
    {
        var half = y < -0.4 ? 0.1 : y < -0.1 ? 0.1 + (0.2 * (1 - Math.Cos((y + 0.4) / 0.3 * Math.PI)) / 2) : 0.3;
        return y is > -0.8 and < 0.8 && Math.Abs(x) < half;
    }

    /// <summary>A round head with tapering, waving strands around it.</summary>
    private static bool Hair(double x, double y)
    {
        var radius = Math.Sqrt((x * x) + (y * y));
        if (radius < 0.52)
        {
            return true;
        }

        var reach = (radius - 0.52) / 0.2;
        var angle = Math.Atan2(y, x) + (0.12 * Math.Sin(radius * 18));
        var strand = Math.Abs((((angle * Strands / Math.PI) % 1) + 1) % 1 - 0.5) * Math.PI / Strands * radius;
        return reach < 1 && strand < 0.011 * (1 - reach);
    }
}
