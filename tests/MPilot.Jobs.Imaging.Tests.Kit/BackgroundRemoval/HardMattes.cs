namespace MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

/// <summary>Shapes that are hard to cut: several subjects, subjects the frame cuts, strands, fur. Coordinates are -1..1 across the picture.</summary>
public static class HardMattes
{
    private const int Strands = 70;
    private const int Tufts = 150;

    public static readonly IReadOnlyDictionary<string, Func<double, double, bool>> Shapes = new Dictionary<string, Func<double, double, bool>>(StringComparer.Ordinal)
    {
        ["egg"] = (x, y) => Ellipse(x, y - 0.05, (0.42, 0.55)),
        ["two apart"] = (x, y) => Ellipse(x + 0.6, y + 0.1, (0.22, 0.6)) || Ellipse(x - 0.6, y - 0.1, (0.25, 0.5)),
        ["three, one cut by the frame"] = (x, y) => Ellipse(x + 0.5, y + 0.45, (0.32, 0.35)) || Box(x - 0.45, y + 0.4, (0.3, 0.28)) || Ellipse(x - 0.1, y - 0.85, (0.4, 0.45)),
        ["four, one small"] = (x, y)
            => Ellipse(x + 0.5, y + 0.5, (0.3, 0.3)) || Box(x - 0.5, y + 0.5, (0.28, 0.25)) || Ellipse(x + 0.4, y - 0.5, (0.38, 0.25)) || Ellipse(x - 0.55, y - 0.5, (0.075, 0.075)),
        ["cut by the lower border"] = (x, y) => Ellipse(x, y + 0.2, (0.3, 0.38)) || Ellipse(x, y - 1, (0.7, 0.75)),
        ["cut by the left border"] = (x, y) => Ellipse(x + 0.9, y, (0.95, 0.5)),
        ["cut by two borders"] = (x, y) => Ellipse(x - 0.75, y - 0.7, (0.95, 0.85)),
        ["strands"] = Hairy,
        ["fur"] = Furry,
    };

    /// <summary>A head with long waving strands around it, each one to three pixels thin in a picture of 480.</summary>
    private static bool Hairy(double x, double y)
    {
        var radius = Math.Sqrt((x * x) + (y * y));
        if (radius < 0.42)
        {
            return true;
        }

        var place = Wrapped((Math.Atan2(y, x) + (0.1 * Math.Sin(radius * 11))) / (2 * Math.PI)) * Strands;
        var strand = (int)place;
        var aside = Math.Abs(place - strand - 0.5) * 2 * Math.PI / Strands * radius;
        return radius < 0.55 + (0.3 * Chance(strand)) && aside < 0.0021 * (1 + (2 * Chance(strand + 1000)));
    }

    /// <summary>A body whose outline is short pointed tufts of various lengths.</summary>
    private static bool Furry(double x, double y)
    {
        var angle = Math.Atan2(y, x);
        var place = Wrapped((angle / (2 * Math.PI)) + (0.02 * ((x * x) + (y * y)))) * Tufts;
        var tuft = (int)place;
        var point = 1 - (2 * Math.Abs(place - tuft - 0.5));
        var outline = 0.5 + (0.08 * Math.Sin((2 * angle) + 1)) + ((0.03 + (0.07 * Chance(tuft))) * point);
        return (x * x) + (y * y) < outline * outline;
    }

    private static bool Ellipse(double x, double y, (double X, double Y) radii) => Math.Pow(x / radii.X, 2) + Math.Pow(y / radii.Y, 2) < 1;

    private static bool Box(double x, double y, (double X, double Y) half) => Math.Abs(x) < half.X && Math.Abs(y) < half.Y;

    private static double Wrapped(double turn) => turn - Math.Floor(turn);

    /// <summary>0..1, looks random, is the same for the same number.</summary>
    private static double Chance(int number) => Wrapped(Math.Sin((number * 12.9898) + 4.1) * 43758.5453);
}
