using System.Runtime.Intrinsics;

using MPilot.Jobs.Imaging.BackgroundRemoval;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Makes the seams of a filled hole vanish: what the patches get wrong on the known rim is taken off inwards, smoothly,
/// and the outermost pixels lean on what the rim says by itself.</summary>
internal static class Finish
{
    /// <summary>Part of the smooth filling at the rim: halves the error where the hole is thin, too little to be seen as blur.</summary>
    private const float Lean = 0.5f;

    /// <summary>Pixels after which that part has fallen to a third.</summary>
    private const float LeanDepth = 6;

    /// <summary>Squared difference of a pixel to its match that is half doubted.</summary>
    private const float SmallError = 60;

    /// <summary>Roughness of a clear sky with its noise.</summary>
    private const float Smoothest = 3;

    /// <summary>Roughness of the faintest texture.</summary>
    private const float Textured = 7;

    /// <summary>The rim's errors are smoothed over so many pixels each way: its texture is not an error.</summary>
    private const int Smoothing = 2;

    public static void Apply(Scale scale)
    {
        using var smooth = Smooth(scale);
        using var errors = Errors(scale);
        for (var i = 0; i < scale.Hole.Values.Length; i++)
        {
            if (scale.Hole.Values[i])
            {
                var patched = Colour.Unpack(scale.Pixels.Values[i]) + errors.Values[i];
                var lean = Lean * MathF.Exp(-scale.Depth.Values[i] / LeanDepth) * Doubt(scale, i);
                var part = Math.Max(lean, Plainness(smooth.Values[i][3]));
                scale.Pixels.Values[i] = Colour.Pack(patched + ((smooth.Values[i] - patched) * part));
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

    /// <summary>0 where the patch around a pixel is just like its match, nearly 1 where it is not at all.</summary>
    private static float Doubt(Scale scale, int at)
    {
        var x = Math.Clamp((at % scale.Width) - Patch.Radius, 0, scale.Width - Patch.Side);
        var y = Math.Clamp((at / scale.Width) - Patch.Radius, 0, scale.Height - Patch.Side);
        var error = (float)scale.Cost.Values[(y * scale.Width) + x] / (Patch.Side * Patch.Side);
        return error / (error + SmallError);
    }

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

    private static Grid<Vector128<float>> Errors(Scale scale)
    {
        using var raw = new Grid<Vector128<float>>(scale.Width, scale.Height);
        using var rim = scale.Hole.Dilated(Patch.Radius);
        using var weights = Vote.Weights(scale, sharpness: 1);
        for (var i = 0; i < rim.Values.Length; i++)
        {
            rim.Values[i] &= !scale.Hole.Values[i];
            if (rim.Values[i])
            {
                raw.Values[i] = Colour.Unpack(scale.Pixels.Values[i]) - Vote.At(scale, weights.Values, i % scale.Width, i / scale.Width);
            }
        }

        var errors = new Grid<Vector128<float>>(scale.Width, scale.Height);
        for (var i = 0; i < rim.Values.Length; i++)
        {
            errors.Values[i] = rim.Values[i] ? Mean(raw, rim, i) : default;
        }

        Membrane.Stretch(errors, scale.Hole);
        return errors;
    }

    private static Vector128<float> Mean(Grid<Vector128<float>> raw, Mask rim, int at)
    {
        var (x, y) = (at % raw.Width, at / raw.Width);
        var (sum, count) = (Vector128<float>.Zero, 0);
        for (var row = Math.Max(0, y - Smoothing); row <= Math.Min(raw.Height - 1, y + Smoothing); row++)
        {
            for (var column = Math.Max(0, x - Smoothing); column <= Math.Min(raw.Width - 1, x + Smoothing); column++)
            {
                var near = (row * raw.Width) + column;
                sum += raw.Values[near];
                count += rim.Values[near] ? 1 : 0;
            }
        }

        return sum / count;
    }
}
