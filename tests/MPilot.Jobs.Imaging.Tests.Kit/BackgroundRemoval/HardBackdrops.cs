using System.Numerics;

namespace MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

/// <summary>Backdrops under strong light, of two materials, or with a weave. Coordinates are -1..1 across the picture; colours 0..255.</summary>
public static class HardBackdrops
{
    public static readonly IReadOnlyDictionary<string, Func<float, float, Vector3>> Kinds = new Dictionary<string, Func<float, float, Vector3>>(StringComparer.Ordinal)
    {
        ["linear gradient"] = (x, y) => Vector3.Lerp(new(52, 62, 84), new(226, 222, 206), (2 + x + y) / 4),
        ["radial gradient"] = (x, y) => Vector3.Lerp(new(246, 238, 222), new(66, 58, 82), MathF.Min(1, MathF.Sqrt(((x * x) + (y * y)) / 2))),
        ["vignette"] = (x, y) => new Vector3(206, 210, 214) * (1 - (0.36f * ((x * x) + (y * y)))),
        ["floor and wall"] = (x, y) => Vector3.Lerp(Wall(x, y), Floor(x, y), Math.Clamp(((y - 0.32f - (0.05f * x)) * 80) + 0.5f, 0, 1)),
        ["paper"] = (x, y) => new Vector3(224, 214, 194) + new Vector3(22 * (Cloud(x * 6, y * 6) + (0.6f * Cloud(x * 40, y * 40)) - 0.8f)),
        ["cloth"] = (x, y) => new Vector3(118, 132, 152) + new Vector3((6 * MathF.Sin(x * 330) * MathF.Sin(y * 330)) + (26 * (Cloud((x * 2) + (y * 3), y - x) - 0.5f))),
    };

    private static Vector3 Wall(float x, float y) => new Vector3(206, 202, 192) * (0.95f - (0.08f * y) + (0.05f * x));

    private static Vector3 Floor(float x, float y) => new Vector3(138, 104, 78) * (0.8f + (0.25f * y) - (0.06f * x));

    /// <summary>Smooth noise, 0..1.</summary>
    private static float Cloud(float x, float y)
    {
        var (left, top) = (MathF.Floor(x), MathF.Floor(y));
        var (across, down) = (Eased(x - left), Eased(y - top));
        var upper = float.Lerp(Chance(left, top), Chance(left + 1, top), across);
        var lower = float.Lerp(Chance(left, top + 1), Chance(left + 1, top + 1), across);
        return float.Lerp(upper, lower, down);
    }

    private static float Eased(float part) => part * part * (3 - (2 * part));

    private static float Chance(float x, float y)
    {
        var number = Math.Sin((x * 127.1) + (y * 311.7)) * 43758.5453;
        return (float)(number - Math.Floor(number));
    }
}
