using System.Collections.Concurrent;

namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>Draws pictures; each kind is encoded once, then only its label's band.</summary>
internal sealed class PictureStudio
{
    private readonly ConcurrentDictionary<PictureSpec, Lazy<PictureTemplate>> _templates = new();

    /// <param name="label">Digits and hyphens.</param>
    public RenderedPicture Render(PictureSpec spec, string label)
    {
        var encoder = Encoder(spec.Format);
        return encoder.Complete(_templates.GetOrAdd(spec, wanted => new Lazy<PictureTemplate>(() => encoder.Prepare(wanted))).Value, label);
    }

    private static IPictureEncoder Encoder(PictureFormat format) => format switch
    {
        PictureFormat.Png => new PngEncoder(),
        PictureFormat.Jpeg => new JpegEncoder(),
        PictureFormat.Webp => new WebpEncoder(),
        PictureFormat.Gif => new GifEncoder(),
        PictureFormat.Svg => new SvgEncoder(),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
