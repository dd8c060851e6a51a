using System.Runtime.Intrinsics;

using MPilot.Jobs.Imaging.BackgroundRemoval;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>The known pixels that patches over the hole reach: what the patches say of these can be checked.</summary>
internal static class Rim
{
    /// <summary>Errors are smoothed over so many pixels each way: the rim's texture is not an error.</summary>
    private const int Smoothing = 3;

    /// <summary>Part of the rim's variance that is got wrong where patches are half trusted.</summary>
    private const float HalfTrusted = 0.25f;

    /// <summary>Over 1 by so much as patches may get wrong and still be wholly trusted: a pattern must go on in full.</summary>
    private const float NearlyRight = 1.1f;

    /// <summary>Variance of a plain area with its noise, all three colours: less is not held against the patches.</summary>
    private const float Noise = 20;

    /// <summary>For want of others these still count.</summary>
    private const float Hardly = 1e-4f;

    /// <summary>For each pixel of the hole what to add to its colours, and as the fourth channel how far the patches are to be trusted, from 0 to 1.</summary>
    public static Grid<Vector128<float>> Errors(Scale scale)
    {
        using var weights = Vote.Weights(scale, sharpness: 1);
        return Errors(scale, weights);
    }

    /// <summary>The same by the patches in the hole alone: those over the rim fit it and say nothing about the step behind it.</summary>
    public static Grid<Vector128<float>> Steps(Scale scale)
    {
        using var weights = Vote.Weights(scale, sharpness: 1);
        foreach (var target in scale.Targets)
        {
            var inside = scale.Depth.Values[target + (Patch.Radius * (scale.Width + 1))] > 0;
            weights.Values[target] *= inside ? 1 : Hardly;
        }

        return Errors(scale, weights);
    }

    private static Grid<Vector128<float>> Errors(Scale scale, Grid<float> weights)
    {
        using var rim = scale.Hole.Dilated(Patch.Radius);
        for (var i = 0; i < rim.Values.Length; i++)
        {
            rim.Values[i] &= !scale.Hole.Values[i];
        }

        using var raw = Raw(scale, rim, weights);
        var errors = new Grid<Vector128<float>>(scale.Width, scale.Height);
        for (var i = 0; i < rim.Values.Length; i++)
        {
            errors.Values[i] = rim.Values[i] ? Judged(scale, raw, rim, i) : default;
        }

        Membrane.Stretch(errors, scale.Hole, rim);
        return errors;
    }

    private static Grid<Vector128<float>> Raw(Scale scale, Mask rim, Grid<float> weights)
    {
        var raw = new Grid<Vector128<float>>(scale.Width, scale.Height);
        for (var i = 0; i < rim.Values.Length; i++)
        {
            if (rim.Values[i])
            {
                var error = Colour.Unpack(scale.Pixels.Values[i]) - Vote.At(scale, weights.Values, i % scale.Width, i / scale.Width);
                raw.Values[i] = error.WithElement(3, 0);
            }
        }

        return raw;
    }

    private static Vector128<float> Judged(Scale scale, Grid<Vector128<float>> raw, Mask rim, int at)
    {
        var (x, y) = (at % raw.Width, at / raw.Width);
        var (error, errors, colour, colours, count) = (Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero, 0);
        for (var row = Math.Max(0, y - Smoothing); row <= Math.Min(raw.Height - 1, y + Smoothing); row++)
        {
            for (var near = (row * raw.Width) + Math.Max(0, x - Smoothing); near <= (row * raw.Width) + Math.Min(raw.Width - 1, x + Smoothing); near++)
            {
                if (rim.Values[near])
                {
                    var own = Colour.Unpack(scale.Pixels.Values[near] & 0x00FFFFFF);
                    (colour, colours) = (colour + own, colours + (own * own));
                    (error, errors) = (error + raw.Values[near], errors + (raw.Values[near] * raw.Values[near]));
                    count++;
                }
            }
        }

        var variance = Vector128.Sum(colours - (colour * colour / count)) / count;
        var wrong = Vector128.Sum(errors) / count / Math.Max(Noise, variance) / HalfTrusted;
        return (error / count).WithElement(3, Math.Min(1, NearlyRight / (1 + (wrong * wrong))));
    }
}
