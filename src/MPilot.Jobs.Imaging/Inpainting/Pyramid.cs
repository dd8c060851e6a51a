using System.Runtime.Intrinsics;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>The picture at ever coarser scales, each half the one before, until the hole is shallow.</summary>
internal sealed class Pyramid : IDisposable
{
    /// <summary>A hole no deeper than this is filled from what a patch over its rim knows.</summary>
    private const int Shallow = 4;

    /// <summary>No coarser than this many pixels on the shorter side: a coarser copy holds too few patches to choose from.</summary>
    private const int LeastSide = 5 * Patch.Side;

    private readonly List<Scale> _scales = [];

    /// <param name="finest">Surveyed; becomes the pyramid's own.</param>
    public Pyramid(Scale finest)
    {
        Roughness.Measure(finest);
        _scales.Add(finest);
        while (_scales[^1] is var last && last.Deepest > Shallow && Math.Min(last.Width, last.Height) >= 2 * LeastSide)
        {
            var half = Halved(last);
            if (!half.HasSources)
            {
                half.Dispose();
                return;
            }

            _scales.Add(half);
        }
    }

    /// <summary>Finest first.</summary>
    public IReadOnlyList<Scale> Scales => _scales;

    public void Dispose() => _scales.ForEach(scale => scale.Dispose());

    /// <summary>A pixel of the coarser scale is the mean of its known pixels, and of the hole as soon as one of them is.</summary>
    private static Scale Halved(Scale fine)
    {
        var coarse = new Scale((fine.Width + 1) / 2, (fine.Height + 1) / 2);
        for (var y = 0; y < coarse.Height; y++)
        {
            for (var x = 0; x < coarse.Width; x++)
            {
                Shrink(fine, coarse, x, y);
            }
        }

        coarse.Survey();
        return coarse;
    }

    private static void Shrink(Scale fine, Scale coarse, int x, int y)
    {
        var (sum, known, all) = (Vector128<float>.Zero, 0, 0);
        for (var row = 2 * y; row < Math.Min(fine.Height, (2 * y) + 2); row++)
        {
            for (var column = 2 * x; column < Math.Min(fine.Width, (2 * x) + 2); column++)
            {
                var at = (row * fine.Width) + column;
                all++;
                if (!fine.Hole.Values[at])
                {
                    sum += Colour.Unpack(fine.Pixels.Values[at]);
                    known++;
                }
            }
        }

        var to = (y * coarse.Width) + x;
        coarse.Hole.Values[to] = known < all;
        coarse.Pixels.Values[to] = known == 0 ? 0 : Colour.Pack(sum / known);
    }
}
