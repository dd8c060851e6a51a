using System.Runtime.Intrinsics;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Makes the seams of a filled hole vanish, and takes back what patches cannot know. What they get wrong on the known rim is taken off inwards, smoothly.
/// Where they do badly on the rim they are held to guess inside: a guess counts less the nearer the rim, where the smooth filling does better.</summary>
internal static class Finish
{
    /// <summary>Pixels after which a third of what is taken off a guess is left: deep inside a smooth filling would be a blot.</summary>
    private const float Depth = 12;

    /// <summary>Part of its fine detail that is kept at the rim: a thin hole shows no blur, and a wrong guess costs more than it shows.</summary>
    private const float LeastDetail = 0.2f;

    /// <summary>The same as the depth for fine detail: texture may be wrong, but must not be missing.</summary>
    private const float DetailDepth = 6;

    /// <summary>Roughness of a clear sky with its noise.</summary>
    private const float Smoothest = 3;

    /// <summary>Roughness of the faintest texture.</summary>
    private const float Textured = 7;

    /// <summary>Part of a margin's depth after which a third of what the rim says is left.</summary>
    private const float Reach = 0.25f;

    /// <summary>Finishes what is painted around a picture. There the smooth filling is known from one side only: nothing is held to it.</summary>
    public static void Around(Scale scale)
    {
        using var rim = Rim.Steps(scale);
        for (var i = 0; i < scale.Hole.Values.Length; i++)
        {
            if (scale.Hole.Values[i])
            {
                var error = rim.Values[i] * MathF.Exp(-scale.Depth.Values[i] / (Reach * scale.Deepest));
                scale.Pixels.Values[i] = Colour.Pack(Colour.Unpack(scale.Pixels.Values[i]) + error);
            }
        }
    }

    public static void Within(Scale scale)
    {
        using var smooth = Membrane.Over(scale);
        using var rim = Rim.Errors(scale);
        using var apart = Apart(scale, smooth, rim);
        using var broad = LowPass.Of(apart, scale.Hole);
        for (var i = 0; i < scale.Hole.Values.Length; i++)
        {
            if (scale.Hole.Values[i])
            {
                var (trust, depth) = (rim.Values[i][3], scale.Depth.Values[i]);
                var shape = broad.Values[i] * Kept(trust, 1 - MathF.Exp(-depth / Depth));
                var detail = (apart.Values[i] - broad.Values[i]) * Kept(trust, 1 - ((1 - LeastDetail) * MathF.Exp(-depth / DetailDepth)));
                scale.Pixels.Values[i] = Colour.Pack(smooth.Values[i] + ((shape + detail) * (1 - Plainness(smooth.Values[i][3]))));
            }
        }
    }

    /// <summary>Fills the hole smoothly and with nothing else, for want of patches.</summary>
    public static void Plainly(Scale scale)
    {
        using var smooth = Membrane.Over(scale);
        for (var i = 0; i < scale.Hole.Values.Length; i++)
        {
            scale.Pixels.Values[i] = Colour.Pack(smooth.Values[i]);
        }
    }

    private static float Kept(float trust, float least) => trust + ((1 - trust) * least);

    /// <summary>1 where all around is as smooth as a clear sky, which patches would only spoil; 0 where there is texture.</summary>
    private static float Plainness(float roughness) => Math.Clamp((Textured - roughness) / (Textured - Smoothest), 0, 1);

    /// <summary>How far what the patches say is from the smooth filling; nothing outside the hole.</summary>
    private static Grid<Vector128<float>> Apart(Scale scale, Grid<Vector128<float>> smooth, Grid<Vector128<float>> rim)
    {
        var apart = new Grid<Vector128<float>>(scale.Width, scale.Height);
        for (var i = 0; i < scale.Hole.Values.Length; i++)
        {
            if (scale.Hole.Values[i])
            {
                apart.Values[i] = Colour.Unpack(scale.Pixels.Values[i]) + rim.Values[i] - smooth.Values[i];
            }
        }

        return apart;
    }
}
