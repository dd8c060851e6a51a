using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>Makes layouts: the arithmetic of crop, canvas and window.</summary>
public static class Layouts
{
    /// <summary>Proportions this near count as equal: scaling each side by its own factor is not seen. 1 %.</summary>
    private const double Tolerance = 0.01;

    /// <summary>The source fills the answer; what stands over is cut off evenly.</summary>
    public static Layout Filled(PictureSize source, PictureSize answer, PictureSize sent)
    {
        var crop = AreAlike(source, answer)
            ? PictureArea.Whole(source)
            : PictureArea.Centered(Fit(answer, source), source);
        return new(crop, answer, PictureArea.Whole(answer), sent, Window(answer, sent));
    }

    /// <summary>The source lies in the middle of a larger answer, pixel for pixel where it fits, scaled down where it does not.</summary>
    public static Layout Extended(PictureSize source, PictureSize answer, PictureSize sent)
    {
        var fits = source.Width <= answer.Width && source.Height <= answer.Height;
        var place = PictureArea.Centered(fits ? source : Fit(source, answer), answer);
        return new(PictureArea.Whole(source), answer, place, sent, Window(answer, sent));
    }

    /// <summary>Whether the source goes out and comes back pixel for pixel.</summary>
    public static bool IsIdentity(Layout layout, PictureSize source)
        => layout.Sent == source && layout.Answer == source && layout.Crop == PictureArea.Whole(source)
            && layout.Place == layout.Crop && layout.Window == layout.Crop;

    private static PictureArea Window(PictureSize answer, PictureSize sent)
        => AreAlike(answer, sent) ? PictureArea.Whole(sent) : PictureArea.Centered(Fit(answer, sent), sent);

    /// <summary>A size scaled to the largest that lies within a frame.</summary>
    private static PictureSize Fit(PictureSize size, PictureSize frame)
    {
        var scale = Math.Min((double)frame.Width / size.Width, (double)frame.Height / size.Height);
        return new(Side(size.Width * scale, frame.Width), Side(size.Height * scale, frame.Height));
    }

    private static int Side(double length, int most) => Math.Clamp((int)Math.Round(length), 1, most);

    private static bool AreAlike(PictureSize left, PictureSize right)
    {
        var (one, other) = ((double)left.Width * right.Height, (double)right.Width * left.Height);
        return Math.Abs(one - other) <= Tolerance * Math.Max(one, other);
    }
}
