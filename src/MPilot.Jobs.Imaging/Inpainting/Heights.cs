namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Holds what is painted around a picture to its height: pictures lie in layers, and sky below the ground is seen at once, however well its patches match.
/// Stands in for the <see cref="Anchor"/>, whose smooth filling knows nothing where only one side is known.</summary>
internal static class Heights
{
    /// <summary>How much height counts: at this much, being off by the picture's whole height costs as much as all pixels of the patch being black for white in one channel.</summary>
    private const float Pull = 0.5f * Patch.Side * Patch.Side;

    public static void Hold(Scale scale)
    {
        var sources = scale.Sources.Values;
        var (top, bottom) = (sources.IndexOf(value: true) / scale.Width, sources.LastIndexOf(value: true) / scale.Width);
        for (var i = 0; i < sources.Length; i++)
        {
            // Above and below the picture its own edge is the nearest that is known.
            var row = Math.Clamp(i / scale.Width, top, bottom);
            scale.Broad.Values[i] = (uint)((row - top) * byte.MaxValue / Math.Max(1, bottom - top));
        }

        foreach (var target in scale.Targets)
        {
            scale.Pull.Values[target] = Pull;
        }
    }
}
