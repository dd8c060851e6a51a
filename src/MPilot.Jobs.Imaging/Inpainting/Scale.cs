using MPilot.Jobs.Imaging.BackgroundRemoval;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>The picture at one scale while its hole is filled: pixels, the hole, and for each patch over the hole the known patch it resembles most.</summary>
internal sealed class Scale : IDisposable
{
    private readonly Grid<int> _targets;
    private int _targetCount;

    public Scale(int width, int height)
    {
        (Pixels, Hole, Sources, Depth) = (new(width, height), new(width, height), new(width, height), new(width, height));
        (Match, Cost, _targets) = (new(width, height), new(width, height), new(width, height));
        (Broad, Pull) = (new(width, height), new(width, height));
    }

    public int Width => Pixels.Width;

    public int Height => Pixels.Height;

    public Grid<uint> Pixels { get; }

    /// <summary>The mean colour of each patch; where it is over the hole, that of the smooth filling.</summary>
    public Grid<uint> Broad { get; }

    /// <summary>How much its mean colour counts when a target is compared; starts as not at all.</summary>
    public Grid<float> Pull { get; }

    /// <summary>The pixels to fill.</summary>
    public Mask Hole { get; }

    /// <summary>City-block distance of each pixel of the hole from the nearest known one; 0 outside.</summary>
    public Grid<int> Depth { get; }

    /// <summary>Patches that are wholly known.</summary>
    public Mask Sources { get; }

    /// <summary>Patches that have to do with the hole, in reading order.</summary>
    public ReadOnlySpan<int> Targets => _targets.Values[.._targetCount];

    /// <summary>For each target a source; −1 where there is none (yet).</summary>
    public Grid<int> Match { get; }

    /// <summary>How much a target differs from its match.</summary>
    public Grid<int> Cost { get; }

    public int Deepest { get; private set; }

    public bool HasSources { get; private set; }

    /// <summary>To be called once pixels and hole are set: derives the rest.</summary>
    public void Survey()
    {
        Depths();
        using var near = Hole.Dilated(Patch.Radius);
        Match.Values.Fill(-1);
        for (var y = 0; y <= Height - Patch.Side; y++)
        {
            for (var x = 0; x <= Width - Patch.Side; x++)
            {
                var patch = (y * Width) + x;
                if (near.Values[patch + (Patch.Radius * (Width + 1))])
                {
                    _targets.Values[_targetCount++] = patch;
                }
                else
                {
                    Sources.Values[patch] = HasSources = true;
                }
            }
        }
    }

    public bool IsSource(int patch) => (uint)patch < (uint)Sources.Values.Length && Sources.Values[patch];

    public void Dispose()
    {
        Pixels.Dispose();
        Hole.Dispose();
        Sources.Dispose();
        Depth.Dispose();
        Match.Dispose();
        Cost.Dispose();
        Broad.Dispose();
        Pull.Dispose();
        _targets.Dispose();
    }

    private void Depths()
    {
        const int far = int.MaxValue / 2;
        var depth = Depth.Values;
        var hole = Hole.Values;
        for (var i = 0; i < depth.Length; i++)
        {
            var left = i % Width > 0 ? depth[i - 1] : far;
            var up = i >= Width ? depth[i - Width] : far;
            depth[i] = hole[i] ? Math.Min(Math.Min(left, up) + 1, far) : 0;
        }

        for (var i = depth.Length - 1; i >= 0; i--)
        {
            var right = (i + 1) % Width > 0 ? depth[i + 1] : far;
            var down = i + Width < depth.Length ? depth[i + Width] : far;
            depth[i] = Math.Min(depth[i], Math.Min(right, down) + 1);
            Deepest = Math.Max(Deepest, depth[i]);
        }
    }
}
