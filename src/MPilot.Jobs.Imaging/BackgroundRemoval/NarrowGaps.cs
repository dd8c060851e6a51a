namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Opens gaps between strands that are too narrow to show the backdrop purely: what is far more like the backdrop than its
/// surroundings, and joined to it, is left to the colours of the full picture.</summary>
internal static class NarrowGaps
{
    private const int Reach = 4;
    private const int Depth = 12;
    private const int DepthBetweenStrands = 48;
    private const float LargestPart = 0.4f;
    private const float LargestPartOfSharp = 0.3f;
    private const float LeastLoose = 0.7f;

    public static Mask Opened(Backdrop backdrop, Plane sharp, Mask subject)
    {
        var most = (float)Math.Max(20, 3 * backdrop.Threshold);
        using var faint = Faint(backdrop.Distance, (most, LargestPart), subject);
        using var thin = Faint(sharp, (most, LargestPartOfSharp), subject);
        DropDense(thin, subject);
        var opened = subject.Inverted();
        for (var step = 0; step < Depth && Grow(opened, faint); step++)
        {
        }

        for (var step = 0; step < DepthBetweenStrands && Grow(opened, thin); step++)
        {
        }

        using (opened)
        {
            return opened.Inverted();
        }
    }

    private static Mask Faint(Plane away, (float Most, float LargestPart) than, Mask subject)
    {
        using var strongest = new Plane(subject.Width, subject.Height);
        LocalMaximum.Of(away, strongest, Reach);
        var faint = new Mask(subject.Width, subject.Height);
        for (var i = 0; i < faint.Values.Length; i++)
        {
            var distance = away.Values[i];
            faint.Values[i] = subject.Values[i] && distance < than.Most && distance < than.LargestPart * strongest.Values[i];
        }

        return faint;
    }

    /// <summary>Among strands much of the surroundings is gap; a faint spot within a solid subject is surrounded by subject.</summary>
    private static void DropDense(Mask faint, Mask subject)
    {
        using var loose = new Plane(faint.Width, faint.Height);
        for (var i = 0; i < faint.Values.Length; i++)
        {
            loose.Values[i] = faint.Values[i] || !subject.Values[i] ? 1 : 0;
        }

        BoxBlur.Apply(loose, Reach);
        for (var i = 0; i < faint.Values.Length; i++)
        {
            faint.Values[i] &= loose.Values[i] >= LeastLoose;
        }
    }

    /// <summary>One ring of pixels further; says whether there was any.</summary>
    private static bool Grow(Mask opened, Mask faint)
    {
        using var ring = opened.Dilated(1);
        var grown = false;
        for (var i = 0; i < faint.Values.Length; i++)
        {
            if (ring.Values[i] && faint.Values[i] && !opened.Values[i])
            {
                grown = opened.Values[i] = true;
            }
        }

        return grown;
    }
}
