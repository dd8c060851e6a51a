namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Opens gaps between strands that are too narrow to show the backdrop purely: what is far more like the backdrop than its
/// surroundings, and joined to it, is left to the colours of the full picture.</summary>
internal static class NarrowGaps
{
    private const int Reach = 4;
    private const int Depth = 48;
    private const float LargestPart = 0.4f;

    public static Mask Opened(Backdrop backdrop, Plane sharp, Mask subject)
    {
        using var faint = Faint(sharp, (float)Math.Max(20, 3 * backdrop.Threshold), subject);
        var opened = subject.Inverted();
        for (var step = 0; step < Depth && Grow(opened, faint); step++)
        {
        }

        using (opened)
        {
            return opened.Inverted();
        }
    }

    private static Mask Faint(Plane sharp, float most, Mask subject)
    {
        using var strongest = new Plane(subject.Width, subject.Height);
        LocalMaximum.Of(sharp, strongest, Reach);
        var faint = new Mask(subject.Width, subject.Height);
        for (var i = 0; i < faint.Values.Length; i++)
        {
            var distance = sharp.Values[i];
            faint.Values[i] = subject.Values[i] && distance < most && distance < LargestPart * strongest.Values[i];
        }

        return faint;
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
