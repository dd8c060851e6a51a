using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>One pass over the targets of a scale.</summary>
internal readonly ref struct TargetSearch(Scale scale, int step)
{
    private readonly Span<uint> _pixels = scale.Pixels.Values;
    private readonly Span<bool> _sources = scale.Sources.Values;
    private readonly Span<int> _match = scale.Match.Values;
    private readonly Span<int> _cost = scale.Cost.Values;
    private readonly Span<uint> _broad = scale.Broad.Values;
    private readonly Span<float> _pull = scale.Pull.Values;
    private readonly int _width = scale.Width;
    private readonly int _right = scale.Width - Patch.Side;
    private readonly int _bottom = scale.Height - Patch.Side;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Improve(int target, ref Dice dice)
    {
        var best = (Match: _match[target], Cost: _cost[target]);
        best = Follow(target, step, best);
        best = Follow(target, step * _width, best);
        best = Chance(target, best, ref dice);
        (_match[target], _cost[target]) = best;
    }

    private (int Match, int Cost) Follow(int target, int by, (int Match, int Cost) best)
    {
        var neighbour = target - by;
        return (uint)neighbour < (uint)_match.Length && _match[neighbour] >= 0 ? Better(target, _match[neighbour] + by, best) : best;
    }

    private (int Match, int Cost) Chance(int target, (int Match, int Cost) best, ref Dice dice)
    {
        for (var reach = Math.Max(_right, _bottom); reach >= 1; reach /= 2)
        {
            var (x, y) = (best.Match % _width, best.Match / _width);
            var column = dice.Between(Math.Max(0, x - reach), Math.Min(_right, x + reach));
            var row = dice.Between(Math.Max(0, y - reach), Math.Min(_bottom, y + reach));
            best = Better(target, (row * _width) + column, best);
        }

        return best;
    }

    private (int Match, int Cost) Better(int target, int candidate, (int Match, int Cost) best)
    {
        if ((uint)candidate >= (uint)_sources.Length || !_sources[candidate] || candidate == best.Match)
        {
            return best;
        }

        var off = Anchor.Cost(_broad[target], _broad[candidate], _pull[target]);
        if (off >= best.Cost)
        {
            return best;
        }

        ref var pixels = ref MemoryMarshal.GetReference(_pixels);
        var cost = off + Patch.Difference(ref Unsafe.Add(ref pixels, target), ref Unsafe.Add(ref pixels, candidate), _width, best.Cost - off);
        return cost < best.Cost ? (candidate, cost) : best;
    }
}
