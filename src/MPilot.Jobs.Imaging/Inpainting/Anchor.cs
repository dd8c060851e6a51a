using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Holds a filling that does badly on the known rim to what its surroundings let expect: a patch whose mean colour is far from the smooth filling there is a worse match.
/// Without it, patches that agree among themselves may carry anything into the middle of a hole.</summary>
internal static class Anchor
{
    /// <summary>How much the mean counts at the finest scale, where patches say little else about it; 1 for as much as all pixels of the patch being that far off.</summary>
    private const float FinestPull = 2;

    /// <summary>The same at the coarser ones: more makes structure stop at the rim, less lets it go anywhere.</summary>
    private const float Pull = 0.7f;

    /// <summary>Part of that deep inside: there the smooth filling knows little, and what is held to it is a blot.</summary>
    private const float Inside = 0.1f;

    /// <summary>Pixels after which a third of the way to that is left: thin holes are held in full.</summary>
    private const float Depth = 4;

    private const int Pixels = Patch.Side * Patch.Side;

    public static void Drop(Scale scale, bool finest)
    {
        using var smooth = Membrane.Over(scale);
        using var across = new Grid<Vector128<float>>(scale.Width, scale.Height);
        Sum(smooth.Values, across.Values, 1);
        Sum(across.Values, smooth.Values, scale.Width);
        for (var i = 0; i < smooth.Values.Length; i++)
        {
            scale.Broad.Values[i] = Colour.Pack(smooth.Values[i] / Pixels);
        }

        using var rim = Rim.Errors(scale);
        var pull = Pixels * (finest ? FinestPull : Pull);
        foreach (var target in scale.Targets)
        {
            // Squared: a pattern that goes on well must be let go.
            var centre = target + (Patch.Radius * (scale.Width + 1));
            var doubt = 1 - rim.Values[centre][3];
            var held = Inside + ((1 - Inside) * MathF.Exp(-scale.Depth.Values[centre] / Depth));
            scale.Pull.Values[target] = pull * doubt * doubt * held;
        }
    }

    /// <summary>What to add to the difference of two patches, by their mean colours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Cost(uint target, uint source, float pull)
    {
        var off = Colour.Unpack(target) - Colour.Unpack(source);
        return (int)(Vector128.Sum(off * off) * pull);
    }

    private static void Sum(ReadOnlySpan<Vector128<float>> from, Span<Vector128<float>> to, int step)
    {
        for (var i = 0; i + ((Patch.Side - 1) * step) < from.Length; i++)
        {
            var sum = Vector128<float>.Zero;
            for (var near = i; near < i + (Patch.Side * step); near += step)
            {
                sum += from[near];
            }

            to[i] = sum;
        }
    }
}
