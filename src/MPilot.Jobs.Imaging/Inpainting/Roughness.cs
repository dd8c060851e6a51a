using System.Runtime.Intrinsics;

using MPilot.Jobs.Imaging.BackgroundRemoval;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Measures how much colours vary around each known pixel, as the fourth channel: so that a smooth guess of the hole's colours,
/// carried on with its roughness, looks for texture and not for smooth places.</summary>
internal static class Roughness
{
    private const int Radius = 4;
    private const float Gain = 3;

    public static void Measure(Scale scale)
    {
        using var steps = new Plane(scale.Width, scale.Height);
        using var known = new Plane(scale.Width, scale.Height);
        for (var i = 0; i < steps.Values.Length; i++)
        {
            (steps.Values[i], known.Values[i]) = Step(scale, i);
        }

        BoxBlur.Apply(steps, Radius);
        BoxBlur.Apply(known, Radius);
        for (var i = 0; i < steps.Values.Length; i++)
        {
            var roughness = Math.Clamp(Gain * steps.Values[i] / Math.Max(0.01f, known.Values[i]), 0, 255);
            scale.Pixels.Values[i] = (scale.Pixels.Values[i] & 0x00FFFFFF) | ((uint)roughness << 24);
        }
    }

    /// <summary>How far it is to the colours right and below, if these are known.</summary>
    private static (float Step, float Known) Step(Scale scale, int at)
    {
        var (right, below) = (at + 1, at + scale.Width);
        if (right % scale.Width == 0 || below >= scale.Pixels.Values.Length || scale.Hole.Values[at] || scale.Hole.Values[right] || scale.Hole.Values[below])
        {
            return default;
        }

        var own = Colour.Unpack(scale.Pixels.Values[at] & 0x00FFFFFF);
        var across = Vector128.Abs(Colour.Unpack(scale.Pixels.Values[right] & 0x00FFFFFF) - own);
        var down = Vector128.Abs(Colour.Unpack(scale.Pixels.Values[below] & 0x00FFFFFF) - own);
        return (Vector128.Sum(across + down) / 6, 1);
    }
}
