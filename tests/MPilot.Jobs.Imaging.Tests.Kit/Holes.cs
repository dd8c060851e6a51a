namespace MPilot.Jobs.Imaging.Tests.Kit;

/// <summary>Holes of several shapes, for a square picture.</summary>
public static class Holes
{
    public static readonly string[] Shapes = ["scratches", "lattice", "disc", "squares"];

    public static bool[] Draw(string shape, int side)
    {
        var hole = new bool[side * side];
        for (var i = 0; i < hole.Length; i++)
        {
            var (x, y) = ((i % side) + 0.5, (i / side) + 0.5);
            hole[i] = shape switch
            {
                "scratches" => Scratched(x / side, y / side),
                "lattice" => Latticed(x / side, y / side),
                "disc" => Math.Pow((x / side) - 0.47, 2) + Math.Pow((y / side) - 0.55, 2) < 0.0225,
                "fifteen" => Math.Pow((x / side) - 0.47, 2) + Math.Pow((y / side) - 0.55, 2) < 0.0478,
                _ => In(x / side, 0.15, 0.3, 0.62, 0.8) && In(y / side, 0.2, 0.38, 0.6, 0.76),
            };
        }

        return hole;
    }

    private static bool Scratched(double x, double y)
    {
        var across = Math.Abs(y - 0.3 - (0.35 * x) - (0.02 * Math.Sin(20 * x))) < 0.006;
        var down = Math.Abs(x - 0.65 + (0.3 * y) + (0.03 * Math.Sin(14 * y))) < 0.009;
        var rim = Math.Abs(x - 0.04 - (0.3 * y * y)) < 0.004;
        return across || down || rim;
    }

    private static bool Latticed(double x, double y) => (x * 8 % 1) < 0.16 || (y * 6 % 1) < 0.11;

    private static bool In(double at, double from, double to, double then, double until) => (at >= from && at < to) || (at >= then && at < until);
}
