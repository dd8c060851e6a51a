namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Finds two backdrops that meet at a line across the picture, where one alone does not explain the picture's border.</summary>
internal static class HorizonFit
{
    private const double ExplainedByOne = 0.92;
    private const double LeastGain = 0.06;
    private const double LeastAgreement = 0.6;
    private const double LeastShare = 0.08;
    private const double SteepestSlope = 0.35;

    /// <summary>So much of the line must be seen with the one backdrop before it and the other behind it. A subject that the frame cuts across
    /// its whole width, such as shoulders, has another outline than a line.</summary>
    private const double LeastSeen = 0.3;
    private const double Tolerance = 6;
    private const int Places = 120;
    private const int Nudge = 4;

    /// <summary>The two backdrops, their agreement and noise; or <c>null</c> when one is enough or two do no better.</summary>
    public static (Scenery Scenery, double Agreement, double Noise)? Find(WorkingCopy copy, BackdropSample[] border, double agreement)
    {
        if (agreement >= ExplainedByOne)
        {
            return null;
        }

        (Scenery Scenery, double Agreement, double Noise)? best = null;
        foreach (var line in Candidates(copy))
        {
            if (Split(border, line) is { } split && split.Agreement > Math.Max(agreement + LeastGain, best?.Agreement ?? 0)
                && Straightened(copy, split.Scenery) is { } straightened)
            {
                best = split with { Scenery = straightened };
            }
        }

        return best;
    }

    private static IEnumerable<Horizon> Candidates(WorkingCopy copy)
        => from upright in (bool[])[false, true]
           from start in BorderSteps.Find(copy, upright, atEnd: false)
           from end in BorderSteps.Find(copy, upright, atEnd: true)
           let line = new Horizon(upright, (start + end) / 2, (end - start) / 2)
           where Math.Abs(line.Slope) <= SteepestSlope
           select line;

    private static (Scenery Scenery, double Agreement, double Noise)? Split(BackdropSample[] border, Horizon line)
    {
        var sides = border.ToLookup(sample => line.Beyond(sample.X, sample.Y) > 0);
        BackdropSample[] before = [.. sides[false]];
        BackdropSample[] behind = [.. sides[true]];
        if (Math.Min(before.Length, behind.Length) < Math.Max(30, LeastShare * border.Length)
            || BorderFit.Fit(before) is not { Agreement: > LeastAgreement } one || BorderFit.Fit(behind) is not { Agreement: > LeastAgreement } other)
        {
            return null;
        }

        var agreement = ((one.Agreement * before.Length) + (other.Agreement * behind.Length)) / border.Length;
        return (new(one.Surface, other.Surface, line), agreement, Math.Max(one.Noise, other.Noise));
    }

    /// <summary>Moves both ends of the line to where most of it is seen; <c>null</c> when too little of it is.</summary>
    private static Scenery? Straightened(WorkingCopy copy, Scenery scenery)
    {
        var pixel = 2.0 / (scenery.Line.Upright ? copy.Width : copy.Height);
        (Scenery Scenery, double Seen) best = (scenery, 0);
        for (var start = -Nudge; start <= Nudge; start++)
        {
            for (var end = -Nudge; end <= Nudge; end++)
            {
                var line = scenery.Line with
                {
                    At = scenery.Line.At + ((start + end) * pixel / 2),
                    Slope = scenery.Line.Slope + ((end - start) * pixel / 2),
                };
                var moved = scenery with { Line = line };
                var seen = Seen(copy, moved, pixel * 4);
                best = seen > best.Seen ? (moved, seen) : best;
            }
        }

        return best.Seen >= LeastSeen ? best.Scenery : null;
    }

    private static double Seen(WorkingCopy copy, Scenery scenery, double aside)
    {
        var seen = 0;
        for (var place = 0; place < Places; place++)
        {
            var along = BackdropSample.Unit(place, Places);
            var at = scenery.Line.At + (scenery.Line.Slope * along);
            seen += Fits(copy, scenery, (along, at - aside)) && Fits(copy, scenery, (along, at + aside)) ? 1 : 0;
        }

        return (double)seen / Places;
    }

    private static bool Fits(WorkingCopy copy, Scenery scenery, (double Along, double Across) point)
    {
        var (x, y) = scenery.Line.Upright ? (point.Across, point.Along) : (point.Along, point.Across);
        var (column, row) = ((int)Math.Round((x + 1) / 2 * (copy.Width - 1)), (int)Math.Round((y + 1) / 2 * (copy.Height - 1)));
        return column >= 0 && row >= 0 && column < copy.Width && row < copy.Height
            && scenery.DistanceTo(BackdropSample.Of(copy, column, row)) < Tolerance;
    }
}
