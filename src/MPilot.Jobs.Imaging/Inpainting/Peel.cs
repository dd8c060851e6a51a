using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>First filling of the coarsest scale: ring after ring from the rim inwards, each by what the patches over it already know.</summary>
internal sealed class Peel(Scale scale, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>At most so many comparisons: above, each target looks at a share of the sources.</summary>
    private const long MostComparisons = 6_000_000;

    private const int LeastLooks = 200;

    private readonly Grid<uint> _counts = new(scale.Width, scale.Height);
    private readonly Grid<float> _weights = new(scale.Width, scale.Height);
    private readonly List<int> _sources = [];

    public void Fill(ref Dice dice)
    {
        for (var i = 0; i < scale.Hole.Values.Length; i++)
        {
            _counts.Values[i] = scale.Hole.Values[i] ? 0 : uint.MaxValue;
            if (scale.Sources.Values[i])
            {
                _sources.Add(i);
            }
        }

        _weights.Values.Fill(1);
        for (var depth = 1; depth <= scale.Deepest; depth++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Match(depth, ref dice);
            Paint(depth);
        }

        PatchSearch.Scatter(scale, ref dice);
        PatchSearch.Measure(scale);
    }

    public void Dispose()
    {
        _counts.Dispose();
        _weights.Dispose();
    }

    private void Match(int depth, ref Dice dice)
    {
        var looks = (int)Math.Min(_sources.Count, Math.Max(LeastLooks, MostComparisons / Math.Max(1, scale.Targets.Length)));
        for (var i = 0; i < scale.Depth.Values.Length; i++)
        {
            if (scale.Depth.Values[i] != depth)
            {
                continue;
            }

            var x = Math.Clamp((i % scale.Width) - Patch.Radius, 0, scale.Width - Patch.Side);
            var y = Math.Clamp((i / scale.Width) - Patch.Radius, 0, scale.Height - Patch.Side);
            var target = (y * scale.Width) + x;
            if (scale.Match.Values[target] < 0)
            {
                scale.Match.Values[target] = Best(target, looks, ref dice);
            }
        }
    }

    private int Best(int target, int looks, ref Dice dice)
    {
        ref var pixels = ref MemoryMarshal.GetReference(scale.Pixels.Values);
        ref var counts = ref Unsafe.Add(ref MemoryMarshal.GetReference(_counts.Values), target);
        ref var own = ref Unsafe.Add(ref pixels, target);
        var best = (Match: _sources[0], Cost: int.MaxValue);
        for (var look = 0; look < looks; look++)
        {
            var candidate = _sources[looks == _sources.Count ? look : dice.Between(0, _sources.Count - 1)];
            var cost = Patch.Difference(ref own, ref Unsafe.Add(ref pixels, candidate), ref counts, scale.Width);
            best = cost < best.Cost ? (candidate, cost) : best;
        }

        return best.Match;
    }

    private void Paint(int depth)
    {
        for (var i = 0; i < scale.Depth.Values.Length; i++)
        {
            if (scale.Depth.Values[i] == depth)
            {
                scale.Pixels.Values[i] = Colour.Pack(Vote.At(scale, _weights.Values, i % scale.Width, i / scale.Width));
                _counts.Values[i] = uint.MaxValue;
            }
        }
    }
}
