namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>A smooth surface, or two that meet at a line.</summary>
/// <param name="Before">The one before the line; everywhere if there is no line.</param>
/// <param name="Behind">The one beyond it.</param>
/// <param name="Line">Where they meet.</param>
internal sealed record Scenery(Surface Before, Surface Behind, Horizon Line)
{
    /// <summary>A seam is a few pixels wide, and not quite straight.</summary>
    private const int Seam = 3;

    public bool IsSplit => Line != Horizon.None;

    /// <summary>Fits each surface again to the samples of its side; a side without enough of them keeps its surface.</summary>
    public Scenery Refit(int degree, BackdropSample[] samples, double cut)
    {
        if (!IsSplit)
        {
            var surface = Refit(Before, degree, samples, cut);
            return new(surface, surface, Line);
        }

        var sides = samples.ToLookup(sample => Line.Beyond(sample.X, sample.Y) > 0);
        return new(Refit(Before, degree, [.. sides[false]], cut), Refit(Behind, degree, [.. sides[true]], cut), Line);
    }

    public double DistanceTo(in BackdropSample sample) => sample.DistanceTo(Line.Beyond(sample.X, sample.Y) > 0 ? Behind : Before);

    /// <summary>What one row of the working copy would look like without a subject.</summary>
    public void Row(WorkingCopy copy, int y, LabPlanes model)
    {
        Row(Before, y, model);
        if (!IsSplit)
        {
            return;
        }

        using var behind = new LabPlanes(copy.Width, 1);
        var place = BackdropSample.Unit(y, copy.Height);
        for (var channel = 0; channel < 3; channel++)
        {
            Behind.Row(channel, place, behind[channel].Row(0));
        }

        var seam = 2.0 * Seam / (Line.Upright ? copy.Width : copy.Height);
        for (var x = 0; x < copy.Width; x++)
        {
            var beyond = Line.Beyond(BackdropSample.Unit(x, copy.Width), place);
            var isBehind = Math.Abs(beyond) > seam ? beyond > 0 : Squared(copy, (x, y), (behind, 0)) < Squared(copy, (x, y), (model, y));
            if (isBehind)
            {
                model.Take(behind, (x, 0), (x, y));
            }
        }
    }

    private static void Row(Surface surface, int y, LabPlanes model)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            surface.Row(channel, BackdropSample.Unit(y, model.Height), model[channel].Row(y));
        }
    }

    private static Surface Refit(Surface surface, int degree, BackdropSample[] samples, double cut)
    {
        RobustWeights.Set(samples, surface, cut);
        return SurfaceFit.Fit(degree, samples) ?? surface;
    }

    private static float Squared(WorkingCopy copy, (int X, int Y) at, (LabPlanes Planes, int Y) model)
    {
        var (dl, da, db) = (copy.L.Row(at.Y)[at.X] - model.Planes[0].Row(model.Y)[at.X],
            copy.A.Row(at.Y)[at.X] - model.Planes[1].Row(model.Y)[at.X],
            copy.B.Row(at.Y)[at.X] - model.Planes[2].Row(model.Y)[at.X]);
        return (dl * dl) + (da * da) + (db * db);
    }
}
