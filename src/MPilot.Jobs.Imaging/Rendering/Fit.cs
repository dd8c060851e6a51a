using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Makes a picture of other proportions one of the wanted size.</summary>
internal static class Fit
{
    /// <summary>Cut evenly to the proportions of the size, then scaled to it.</summary>
    public static VipsImage Covering(VipsImage picture, PictureSize size, Arrangement arrangement)
    {
        var scale = Math.Max((double)size.Width / picture.Width, (double)size.Height / picture.Height);
        var part = new PictureSize(Side(size.Width / scale, picture.Width), Side(size.Height / scale, picture.Height));
        using var cropped = Crop.To(picture, PictureArea.Centered(part, picture.Size));
        return arrangement.Resize(cropped, size);
    }

    /// <summary>Scaled until it fits, with transparency around.</summary>
    public static VipsImage Within(VipsImage picture, PictureSize size, Arrangement arrangement)
    {
        var scale = Math.Min((double)size.Width / picture.Width, (double)size.Height / picture.Height);
        var fitting = new PictureSize(Side(picture.Width * scale, size.Width), Side(picture.Height * scale, size.Height));
        using var resized = arrangement.Resize(picture, fitting);
        return Pad.To(resized, size, PictureArea.Centered(fitting, size), Rim.Clear);
    }

    /// <summary>The answer out of a delivered picture.</summary>
    public static VipsImage Unarranged(VipsImage delivered, Layout layout, Arrangement arrangement)
    {
        if (layout.Window == PictureArea.Whole(layout.Sent))
        {
            return arrangement.Resize(delivered, layout.Answer);
        }

        // At a whole multiple of what was sent the window's edges are whole pixels, and no detail is lost.
        var times = Times(delivered.Size, layout.Sent);
        var (window, sent) = (layout.Window, layout.Sent);
        using var expected = arrangement.Resize(delivered, new(sent.Width * times, sent.Height * times));
        using var answer = Crop.To(expected, new(window.Left * times, window.Top * times, window.Width * times, window.Height * times));
        return arrangement.Resize(answer, layout.Answer);
    }

    private static int Times(PictureSize delivered, PictureSize sent)
    {
        const int Most = 8;
        var ratio = Math.Max((double)delivered.Width / sent.Width, (double)delivered.Height / sent.Height);
        return (int)Math.Clamp(Math.Ceiling(ratio), 1, Most);
    }

    private static int Side(double wanted, int most) => (int)Math.Clamp(Math.Round(wanted), 1, most);
}
