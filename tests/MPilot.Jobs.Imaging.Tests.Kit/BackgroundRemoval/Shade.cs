using System.Numerics;

namespace MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

/// <summary>What a subject does to the backdrop around it: shadows and reflections. Coordinates are -1..1 across the picture.</summary>
public static class Shade
{
    private const float Strength = 0.38f;

    /// <summary>The subject's shape, moved aside and blurred, darkens the backdrop.</summary>
    public static Func<float, float, Vector3> Cast(Func<float, float, Vector3> backdrop, float[] matte, (int X, int Y, int Blur) shift)
    {
        var side = Mattes.Side(matte);
        var shadow = matte;
        for (var round = 0; round < 3; round++)
        {
            shadow = Mattes.Blurred(Mattes.Blurred(shadow, shift.Blur, 1), shift.Blur, side);
        }

        return (x, y) => backdrop(x, y) * (1 - (Strength * At(shadow, side, (Place(x, side) - shift.X, Place(y, side) - shift.Y))));
    }

    /// <summary>A dark pool on which the subject stands.</summary>
    public static Func<float, float, Vector3> Pool(Func<float, float, Vector3> backdrop, (float X, float Y) centre, (float X, float Y) radii)
        => (x, y) =>
        {
            var (dx, dy) = ((x - centre.X) / radii.X, (y - centre.Y) / radii.Y);
            return backdrop(x, y) * (1 - (Strength * MathF.Exp(-1.5f * ((dx * dx) + (dy * dy)))));
        };

    /// <summary>A glossy table mirrors the subject below its foot and fades.</summary>
    public static Func<float, float, Vector3> Mirrored(Func<float, float, Vector3> backdrop, (Pixels Texture, float[] Matte) subject, float foot)
        => (x, y) =>
        {
            var side = subject.Texture.Width;
            var (column, row) = (Place(x, side), Place((2 * foot) - y, side));
            if (y < foot || row < 0)
            {
                return backdrop(x, y);
            }

            var pixel = subject.Texture[column, row];
            var part = 0.4f * MathF.Max(0, 1 - ((y - foot) / 0.35f)) * At(subject.Matte, side, (column, row));
            return Vector3.Lerp(backdrop(x, y), new(pixel[0], pixel[1], pixel[2]), part);
        };

    private static int Place(float at, int side) => (int)MathF.Round((at + 1) * side / 2);

    private static float At(float[] plane, int side, (int X, int Y) at)
        => at.X < 0 || at.Y < 0 || at.X >= side || at.Y >= side ? 0 : plane[(at.Y * side) + at.X];
}
