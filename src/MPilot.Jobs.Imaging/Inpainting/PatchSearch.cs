using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Finds for every target a known patch like it: neighbours of a good match are tried for neighbours, and chance finds the rest (PatchMatch).</summary>
internal static class PatchSearch
{
    /// <summary>Gives every target without a match one by chance. There must be sources.</summary>
    public static void Scatter(Scale scale, ref Dice dice)
    {
        var match = scale.Match.Values;
        foreach (var target in scale.Targets)
        {
            if (match[target] < 0)
            {
                match[target] = AnySource(scale, ref dice);
            }
        }
    }

    /// <summary>Measures anew how much every target differs from its match.</summary>
    public static void Measure(Scale scale)
    {
        ref var pixels = ref MemoryMarshal.GetReference(scale.Pixels.Values);
        var match = scale.Match.Values;
        var cost = scale.Cost.Values;
        var broad = scale.Broad.Values;
        var pull = scale.Pull.Values;
        foreach (var target in scale.Targets)
        {
            cost[target] = Patch.Difference(
                ref Unsafe.Add(ref pixels, target),
                ref Unsafe.Add(ref pixels, match[target]), scale.Width, int.MaxValue) + Anchor.Cost(broad[target], broad[match[target]], pull[target]);
        }
    }

    /// <summary>Improves all matches once, in reading order or against it.</summary>
    public static void Improve(Scale scale, bool forward, ref Dice dice, CancellationToken cancellationToken)
    {
        var search = new TargetSearch(scale, forward ? 1 : -1);
        var targets = scale.Targets;
        for (var i = 0; i < targets.Length; i++)
        {
            if (i % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            search.Improve(targets[forward ? i : targets.Length - 1 - i], ref dice);
        }
    }

    public static int AnySource(Scale scale, ref Dice dice)
    {
        var last = scale.Sources.Values.Length - 1;
        for (var tries = 0; tries < 64; tries++)
        {
            var candidate = dice.Between(0, last);
            if (scale.IsSource(candidate))
            {
                return candidate;
            }
        }

        // Known patches are rare: take the next one from a place of chance.
        var from = dice.Between(0, last);
        var behind = scale.Sources.Values[from..].IndexOf(value: true);
        return behind >= 0 ? from + behind : scale.Sources.Values.IndexOf(value: true);
    }
}
