using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>Cuts the subject out of a decoded picture, in place.</summary>
internal static class BackgroundRemover
{
    /// <summary>A picture whose rim is transparent to this share was cut out before.</summary>
    private const double AlreadyCut = 0.5;

    /// <exception cref="EditImpossibleException">The background is not plain enough; nothing was changed.</exception>
    /// <param name="full">The picture, four channels; its alpha and edge colours are rewritten.</param>
    /// <param name="small">A scaled copy of it, four channels.</param>
    public static void Cut(PixelRows full, PixelRows small, CancellationToken cancellationToken)
    {
        using var copy = new WorkingCopy(small);
        if (RimTransparency(copy) >= AlreadyCut)
        {
            return;
        }

        using var backdrop = Backdrop.Find(copy);
        cancellationToken.ThrowIfCancellationRequested();
        if (backdrop is null)
        {
            return;
        }

        using var slopes = Slopes.Of(copy);
        using var subject = SubjectMask.Find(copy, backdrop, slopes);
        if (subject is null)
        {
            // Nothing can be told from the backdrop: the whole picture is the subject.
            return;
        }

        PlainBackdrop.Require(backdrop, slopes, subject);
        using var colours = EdgeColours.Of(copy, backdrop, subject);
        AlphaPass.Apply(full, colours, cancellationToken);
    }

    private static double RimTransparency(WorkingCopy copy)
    {
        var (clear, all) = (0, 0);
        for (var y = 0; y < copy.Height; y++)
        {
            var step = y == 0 || y == copy.Height - 1 ? 1 : Math.Max(1, copy.Width - 1);
            for (var x = 0; x < copy.Width; x += step)
            {
                all++;
                clear += copy.Solid.Values[(y * copy.Width) + x] ? 0 : 1;
            }
        }

        return (double)clear / all;
    }
}
