using System.Buffers.Text;

namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>The part of a file that does not change from picture to picture, kept with its base64 for each of the three ways it can fall on base64's groups of three.</summary>
internal sealed class PictureTemplate(PictureSpec spec, byte[] body)
{
    private readonly Lazy<byte[]>[] _base64 = [Aligned(body, 0), Aligned(body, 1), Aligned(body, 2)];

    public PictureSpec Spec => spec;

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>Checksum over the body's pixels, and their length, where the format has one over all pixels.</summary>
    public uint Seal { get; init; }

    public long SealedLength { get; init; }

    /// <summary>Base64 of the whole groups that start <paramref name="shift"/> bytes into the body.</summary>
    public ReadOnlyMemory<byte> Base64From(int shift) => _base64[shift].Value;

    public static int WholeGroups(int length) => length / 3 * 3;

    private static Lazy<byte[]> Aligned(byte[] body, int shift) => new(() =>
    {
        var source = body.AsSpan(shift, WholeGroups(body.Length - shift));
        var target = new byte[Base64.GetMaxEncodedToUtf8Length(source.Length)];
        Base64.EncodeToUtf8(source, target, out _, out _);
        return target;
    });
}
