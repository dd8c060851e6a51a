using System.Runtime.Intrinsics;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Makes the seams of a filled hole vanish, and takes back what patches cannot know. What they get wrong on the known rim is taken off inwards, smoothly.
/// Where they do badly on the rim they are held to guess inside: of a guess only the fine detail is kept, over a smooth filling.</summary>
internal static class Finish
{
    /// <summary>Part of the fine detail that is kept at the rim however bad the guess: a thin hole shows no blur, a wrong guess costs more than it shows.</summary>
    private const float LeastDetail = 0.3f;

    /// <summary>The same deep inside, where blur would be seen.</summary>
    private const float LeastDetailInside = 0.7f;

    /// <summary>Pixels after which a third of the way from the one to the other is left.</summary>
    private const float Depth = 6;

    /// <summary>Roughness of a clear sky with its noise.</summary>
    private const float Smoothest = 3;

    /// <summary>Roughness of the faintest texture.</summary>
    private const float Textured = 7;

    public static void Apply(Scale scale)
    {
        using var smooth = Smooth(scale);
        using var rim = Rim.Errors(scale);
        using var apart = Apart(scale, smooth, rim);
        using var broad = LowPass.Of(apart, scale.Hole);
        for (var i = 0; i < scale.Hole.Values.Length; i++)
        {
            if (scale.Hole.Values[i])
            {
                var (trust, detail) = (rim.Values[i][3], apart.Values[i] - broad.Values[i]);
                var kept = (broad.Values[i] * trust) + (detail * (trust + ((1 - trust) * Floor(scale.Depth.Values[i]))));
                scale.Pixels.Values[i] = Colour.Pack(smooth.Values[i] + (kept * (1 - Plainness(smooth.Values[i][3]))));
            }
        }
    }

    /// <summary>Fills the hole smoothly and with nothing else, for want of patches.</summary>
    public static void Plainly(Scale scale)
    {
        using var smooth = Smooth(scale);
        for (var i = 0; i < scale.Hole.Values.Length; i++)
        {
            scale.Pixels.Values[i] = Colour.Pack(smooth.Values[i]);
        }
    }

    /// <summary>1 where all around is as smooth as a clear sky, which patches would only spoil; 0 where there is texture.</summary>
    private static float Plainness(float roughness) => Math.Clamp((Textured - roughness) / (Textured - Smoothest), 0, 1);

    private static float Floor(int depth) => LeastDetailInside - ((LeastDetailInside - LeastDetail) * MathF.Exp(-depth / Depth));

    private static Grid<Vector128<float>> Smooth(Scale scale)
    {
        var smooth = new Grid<Vector128<float>>(scale.Width, scale.Height);
        for (var i = 0; i < smooth.Values.Length; i++)
        {
            smooth.Values[i] = Colour.Unpack(scale.Pixels.Values[i]);
        }

        Membrane.Stretch(smooth, scale.Hole);
        return smooth;
    }

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
