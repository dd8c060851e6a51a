namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Says for each pixel of the working copy whether it is subject: what differs from the backdrop, and what is enclosed by it.</summary>
internal static class SubjectMask
{
    /// <summary>A subject has at least one pixel this many thresholds away from the backdrop.</summary>
    private const float Strong = 1.8f;
    private const double SmallestHole = 0.001;
    private const double SmallestPart = 0.0004;
    private const double SmallestToLargest = 0.015;

    /// <summary>The subject, or <c>null</c> when there is nothing to tell apart.</summary>
    public static Mask? Find(WorkingCopy copy, Backdrop backdrop, Plane slopes)
    {
        var threshold = (float)backdrop.Threshold;
        using var different = Beyond(backdrop.Distance, threshold);
        using var closed = Closed(different);
        using var open = closed.Inverted();
        using var background = Flood.FromRim(open);
        SoftShadows.Join(copy, (backdrop, slopes), background);
        SmoothContinuation.Join(copy, (backdrop, slopes), background);
        SubjectIslands.Restore(slopes, backdrop, background);
        OpenHoles(backdrop, different, background);
        var subject = background.Inverted();
        DropSpecks(backdrop, subject);
        if (subject.Share is >= 0.002 and <= 0.985)
        {
            return subject;
        }

        subject.Dispose();
        return null;
    }

    private static Mask Beyond(Plane distance, float threshold)
    {
        var beyond = new Mask(distance.Width, distance.Height);
        for (var i = 0; i < beyond.Values.Length; i++)
        {
            beyond.Values[i] = distance.Values[i] >= threshold;
        }

        return beyond;
    }

    /// <summary>Closes gaps of two pixels, through which the outside would leak in.</summary>
    private static Mask Closed(Mask mask)
    {
        using var dilated = mask.Dilated(1);
        return dilated.Eroded(1);
    }

    /// <summary>Enclosed areas that look just like the backdrop, such as within a handle, are backdrop too if they are large.</summary>
    private static void OpenHoles(Backdrop backdrop, Mask different, Mask background)
    {
        using var enclosed = new Mask(background.Width, background.Height);
        for (var i = 0; i < enclosed.Values.Length; i++)
        {
            enclosed.Values[i] = !background.Values[i] && !different.Values[i];
        }

        var least = Math.Max(40, SmallestHole * enclosed.Values.Length);
        Flood.EachRegion(enclosed, region =>
        {
            if (region.Length < least || Mean(backdrop.Distance, region) > backdrop.Threshold * 0.5)
            {
                return;
            }

            foreach (var at in region)
            {
                background.Values[at] = true;
            }
        });
    }

    private static double Mean(Plane plane, ReadOnlySpan<int> region)
    {
        var sum = 0.0;
        foreach (var at in region)
        {
            sum += plane.Values[at];
        }

        return sum / region.Length;
    }

    /// <summary>Drops small or faint parts, unless they are next to a larger one (a strand of hair, a splash).</summary>
    private static void DropSpecks(Backdrop backdrop, Mask subject)
    {
        using var grouped = subject.Dilated(3);
        var largest = 0;
        Flood.EachRegion(grouped, region => largest = Math.Max(largest, Size(region, subject)));
        var least = Math.Max(12, Math.Max(SmallestPart * subject.Values.Length, SmallestToLargest * largest));
        Flood.EachRegion(grouped, region =>
        {
            if (Size(region, subject) >= least && Strength(region, subject, backdrop) >= Strong * backdrop.Threshold)
            {
                return;
            }

            foreach (var at in region)
            {
                subject.Values[at] = false;
            }
        });
    }

    private static int Size(ReadOnlySpan<int> region, Mask subject)
    {
        var size = 0;
        foreach (var at in region)
        {
            size += subject.Values[at] ? 1 : 0;
        }

        return size;
    }

    private static float Strength(ReadOnlySpan<int> region, Mask subject, Backdrop backdrop)
    {
        var strength = 0f;
        foreach (var at in region)
        {
            strength = Math.Max(strength, subject.Values[at] ? backdrop.Distance.Values[at] : 0);
        }

        return strength;
    }
}
