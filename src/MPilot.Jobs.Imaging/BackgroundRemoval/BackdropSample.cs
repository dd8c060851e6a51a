using System.Runtime.InteropServices;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>A colour at a place (-1..1 in both directions) and how far it is trusted to be backdrop.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct BackdropSample
{
    public double X;
    public double Y;
    public double L;
    public double A;
    public double B;
    public double Weight;

    public static BackdropSample Of(WorkingCopy copy, int x, int y) => new()
    {
        X = Unit(x, copy.Width),
        Y = Unit(y, copy.Height),
        L = copy.L.Row(y)[x],
        A = copy.A.Row(y)[x],
        B = copy.B.Row(y)[x],
        Weight = 1,
    };

    public static double Unit(int at, int length) => length == 1 ? 0 : (2.0 * at / (length - 1)) - 1;

    public readonly double DistanceTo(Surface surface)
    {
        var (l, a, b) = surface.At(X, Y);
        return Math.Sqrt(((L - l) * (L - l)) + ((A - a) * (A - a)) + ((B - b) * (B - b)));
    }
}
