using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Rendering;

/// <summary>Draws sources as providers want them.</summary>
internal static class SourceDrawing
{
    private static readonly double[] White = [byte.MaxValue, byte.MaxValue, byte.MaxValue];

    public static VipsImage Draw(PictureInput source, SourceRendering rendering, CancellationToken cancellationToken)
    {
        using var picture = Reading.Picture(source, cancellationToken);
        if (rendering.Transparent is not { } area)
        {
            return Arranged(picture, rendering.Layout, Arrangement.Picture(source.Facts.HasAlpha));
        }

        using var strength = Reading.Strength(area, picture, cancellationToken);
        using var arranged = Arranged(strength, rendering.Layout, Arrangement.Strength);
        using var opaque = Opaque(picture, area.Mask is not null && source.Facts.HasAlpha);
        using var colours = Arranged(opaque, rendering.Layout, Arrangement.Picture(alpha: false));
        return Joined(colours, arranged);
    }

    private static VipsImage Arranged(VipsImage image, Layout? layout, Arrangement arrangement)
        => layout is null ? image.Again() : arrangement.Sent(image, layout);

    private static VipsImage Opaque(VipsImage picture, bool laidOnWhite) => laidOnWhite
        ? WithAlpha(new VipsOperation("flatten").With("in", picture).With("background", White))
        : WithAlpha(new VipsOperation("extract_band").With("in", picture).With("band", 0).With("n", White.Length));

    private static VipsImage WithAlpha(VipsOperation colours)
    {
        using var made = colours.Make();
        return new VipsOperation("bandjoin_const").With("in", made).With("c", [byte.MaxValue]).Make();
    }

    private static VipsImage Joined(VipsImage colours, VipsImage strength)
    {
        using var rgb = new VipsOperation("extract_band").With("in", colours).With("band", 0).With("n", White.Length).Make();
        using var alpha = new VipsOperation("invert").With("in", strength).Make();
        return new VipsOperation("bandjoin").With("in", rgb, alpha).Make();
    }
}
