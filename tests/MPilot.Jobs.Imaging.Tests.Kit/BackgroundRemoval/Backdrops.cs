using System.Numerics;

namespace MPilot.Jobs.Imaging.Tests.Kit.BackgroundRemoval;

/// <summary>Plain backdrops under various light. Coordinates are -1..1 across the picture; colours 0..255.</summary>
public static class Backdrops
{
    public static readonly IReadOnlyDictionary<string, Func<float, float, Vector3>> Kinds = new Dictionary<string, Func<float, float, Vector3>>(StringComparer.Ordinal)
    {
        ["white"] = (_, _) => new(250),
        ["grey gradient"] = (x, y) => new(178 + (30 * y) + (14 * x)),
        ["green vignette"] = (x, y) => new Vector3(90, 190, 110) * (1 - (0.2f * ((x * x) + (y * y)))),
        ["blue spot"] = (x, y) => new Vector3(70, 110, 180) + (new Vector3(70, 70, 55) * MathF.Exp(-1.6f * (((x - 0.2f) * (x - 0.2f)) + ((y + 0.2f) * (y + 0.2f))))),
        ["rose sweep"] = (x, y) => new Vector3(232, 190, 196) + (new Vector3(16, 26, 24) * MathF.Sin(2.2f * y)) + (new Vector3(-6, 5, 4) * x),
    };
}
