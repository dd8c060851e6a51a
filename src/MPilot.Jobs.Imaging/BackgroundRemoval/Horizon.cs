using System.Runtime.InteropServices;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>A straight line across the picture, at which one backdrop ends and another starts: where a wall meets a floor, or another wall.</summary>
/// <param name="Upright">From top to bottom instead of from left to right.</param>
/// <param name="At">Where it crosses the middle, -1..1.</param>
/// <param name="Slope">How far it goes aside on the way from the middle to the border.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Horizon(bool Upright, double At, double Slope)
{
    /// <summary>Everything is before it.</summary>
    public static readonly Horizon None = new(Upright: false, double.PositiveInfinity, 0);

    /// <summary>How far a point (-1..1) is beyond the line; negative before it.</summary>
    public double Beyond(double x, double y) => Upright ? x - At - (Slope * y) : y - At - (Slope * x);
}
