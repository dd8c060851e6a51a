using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Makes the answer of what a provider delivered.</summary>
internal static class AnswerFinishing
{
    /// <summary>The answer of a size, before a source is put back.</summary>
    public static VipsImage Draw(PictureInput delivered, Finishing finishing, CancellationToken cancellationToken)
    {
        using var picture = Reading.Picture(delivered, cancellationToken);
        var arrangement = Arrangement.Picture(delivered.Facts.HasAlpha);
        return (finishing.Layout, finishing.Size, finishing.Fit) switch
        {
            ({ } layout, _, _) => Fit.Unarranged(picture, layout, arrangement),
            (_, null, _) => picture.Again(),
            (_, { } size, AnswerFit.Crop) => Fit.Covering(picture, size, arrangement),
            (_, { } size, _) => Fit.Within(picture, size, arrangement),
        };
    }

    /// <summary>Puts the source back into a rendered answer, in place.</summary>
    public static MaskDrift PutBack(VipsImage answer, EditArea area, (Layout Layout, bool Alpha) made, CancellationToken cancellationToken)
    {
        var drift = new DriftCount(made.Alpha);
        var putting = new PuttingBack(drift);
        var (source, strength) = Placed(area, made.Layout, cancellationToken);
        using (source)
        using (strength)
        {
            var place = made.Layout.Place;
            for (var y = 0; y < place.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                putting.Row(answer.Rows()[place.Top + y].Slice(place.Left * 4, place.Width * 4), source.Rows()[y], strength.Rows()[y]);
            }
        }

        return drift.ToDrift();
    }

    /// <summary>How to save it, and whether anything in it may be transparent.</summary>
    public static Saving Saving(PictureInput delivered, Finishing finishing)
    {
        var encoding = finishing.Encoding ?? new(delivered.Facts.Format);
        var padded = finishing is { Layout: null, Size: { } size, Fit: AnswerFit.Pad } && size != delivered.Facts.Oriented;
        var source = finishing.PutBack?.Source.Facts;
        return new(
            encoding, padded || delivered.Facts.HasAlpha || source?.HasAlpha == true, Lossless: encoding.Quality is null && source?.Format == PictureFormat.Png);
    }

    private static (VipsImage Source, VipsImage Strength) Placed(EditArea area, Layout layout, CancellationToken cancellationToken)
    {
        using var picture = Reading.Picture(area.Source, cancellationToken);
        using var read = Reading.Strength(area, picture, cancellationToken);
        using var strength = Arrangement.Strength.Placed(read, layout);
        using var source = Arrangement.Picture(area.Source.Facts.HasAlpha).Placed(picture, layout);
        var rendered = strength.Render();
        try
        {
            return (source.Render(), rendered);
        }
        catch
        {
            rendered.Dispose();
            throw;
        }
    }
}
