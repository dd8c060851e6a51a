using System.Text;

namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>A picture in three pieces, of which only the small first and last are its own.</summary>
internal sealed class RenderedPicture(byte[] head, PictureTemplate template, byte[] tail)
{
    public long Length => head.Length + template.Body.Length + tail.Length;

    public IEnumerable<ReadOnlyMemory<byte>> Bytes() => [head, template.Body, tail];

    /// <summary>The picture's base64 as ASCII.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Base64()
    {
        var shift = (3 - (head.Length % 3)) % 3;
        var rest = shift + PictureTemplate.WholeGroups(template.Body.Length - shift);
        return [Encode(head, template.Body[..shift]), template.Base64From(shift), Encode(template.Body[rest..], tail)];
    }

    private static byte[] Encode(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String((byte[])[.. first.Span, .. second.Span]));
}
