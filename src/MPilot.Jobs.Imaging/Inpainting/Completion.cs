namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Fills a hole from its surroundings, coarse to fine: from a smooth guess at the coarsest scale on, patches over the hole look for known patches like them,
/// and these vote on what the hole shows, in turns.</summary>
internal static class Completion
{
    private const uint Seed = 2463534242;

    /// <param name="pyramid">Its finest scale must have sources; its holes are filled.</param>
    /// <param name="around">Whether the hole lies around the picture, not within it.</param>
    public static void Fill(Pyramid pyramid, bool around, CancellationToken cancellationToken)
    {
        var dice = new Dice(Seed);
        var scales = pyramid.Scales;
        Finish.Plainly(scales[^1]);
        if (around)
        {
            Heights.Hold(scales[^1]);
        }

        PatchSearch.Scatter(scales[^1], ref dice);
        PatchSearch.Measure(scales[^1]);
        Settle(scales[^1], Rounds(scales.Count - 1), ref dice, cancellationToken);
        for (var level = scales.Count - 1; level >= 0; level--)
        {
            if (level < scales.Count - 1)
            {
                Inherit(scales[level + 1], scales[level], ref dice);
            }

            Hold(scales[level], around, finest: level == 0);
            PatchSearch.Measure(scales[level]);
            Settle(scales[level], Rounds(level), ref dice, cancellationToken);
        }
    }

    private static void Hold(Scale scale, bool around, bool finest)
    {
        if (around)
        {
            Heights.Hold(scale);
        }
        else
        {
            Anchor.Drop(scale, finest);
        }
    }

    private static int Rounds(int level) => level switch
    {
        0 => 2,
        1 => 5,
        _ => 10,
    };

    private static void Settle(Scale scale, int rounds, ref Dice dice, CancellationToken cancellationToken)
    {
        for (var round = 0; round < rounds; round++)
        {
            PatchSearch.Improve(scale, forward: true, ref dice, cancellationToken);
            PatchSearch.Improve(scale, forward: false, ref dice, cancellationToken);
            Vote.Paint(scale, 1);
            PatchSearch.Measure(scale);
        }
    }

    /// <summary>Takes the matches over from the coarser scale and paints by them, so that detail comes from this scale's own pixels.</summary>
    private static void Inherit(Scale coarse, Scale fine, ref Dice dice)
    {
        foreach (var target in fine.Targets)
        {
            var (x, y) = (target % fine.Width, target / fine.Width);
            var parent = (Math.Min(y / 2, coarse.Height - Patch.Side) * coarse.Width) + Math.Min(x / 2, coarse.Width - Patch.Side);
            var from = coarse.Match.Values[parent];
            if (from < 0)
            {
                continue;
            }

            var dx = (from % coarse.Width) - (parent % coarse.Width);
            var dy = (from / coarse.Width) - (parent / coarse.Width);
            var candidate = ((y + (2 * dy)) * fine.Width) + x + (2 * dx);
            fine.Match.Values[target] = x + (2 * dx) <= fine.Width - Patch.Side && fine.IsSource(candidate) ? candidate : -1;
        }

        PatchSearch.Scatter(fine, ref dice);
        Vote.Paint(fine, 0);
        PatchSearch.Measure(fine);
    }
}
