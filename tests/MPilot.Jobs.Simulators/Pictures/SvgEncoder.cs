using System.Text;

namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>SVG: the label as text over a gradient.</summary>
internal sealed class SvgEncoder : IPictureEncoder
{
    public PictureTemplate Prepare(PictureSpec spec)
    {
        const string Rest = """
            <defs><linearGradient id="g"><stop offset="0" stop-color="blue"/><stop offset="1" stop-color="red"/></linearGradient></defs><rect y="56" width="100%" height="100%" fill="url(#g)"/></svg>
            """;
        var padding = Math.Max(0, spec.Bytes - Rest.Length);
        return new PictureTemplate(spec, Encoding.ASCII.GetBytes(Rest + new string('\n', padding)));
    }

    public RenderedPicture Complete(PictureTemplate template, string label)
    {
        var (width, height) = (template.Spec.Width, template.Spec.Height);
        var head = $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"><text x="8" y="48" font-size="40">{label}</text>""";
        return new RenderedPicture(Encoding.ASCII.GetBytes(head), template, []);
    }
}
