using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Imaging.Vips;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Imaging.Tests.Kit;

/// <summary>A decoded picture: rows of red, green, blue, alpha.</summary>
public sealed class Pixels(int width, int height)
{
    public int Width => width;

    public int Height => height;

    public byte[] Bytes { get; } = new byte[width * height * 4];

    public Span<byte> this[int x, int y] => Bytes.AsSpan(((y * width) + x) * 4, 4);

    public static Pixels Decode(byte[] encoded)
    {
        using var image = PictureDecoder.Decode(new MemoryStream(encoded), Probing.Facts(encoded), CancellationToken.None);
        var pixels = new Pixels(image.Width, image.Height);
        var rows = image.Rows();
        for (var y = 0; y < pixels.Height; y++)
        {
            rows[y].CopyTo(pixels.Bytes.AsSpan(y * pixels.Width * 4));
        }

        return pixels;
    }

    public byte[] Png(params byte[][] extra) => PngFile.Of(width, height, Bytes, extra);

    public byte[] Jpeg(int quality) => Save("jpegsave_target", quality);

    public byte[] Webp(int quality) => Save("webpsave_target", quality);

    private byte[] Save(string saver, int quality)
    {
        var png = Png();
        using var image = PictureDecoder.Decode(new MemoryStream(png), new(PictureFormat.Png, new(width, height), 1, HasAlpha: true, 1), CancellationToken.None);
        using var bytes = new MemoryStream();
        using var target = new VipsTarget(
            (piece, _) =>
            {
                bytes.Write(piece.Span);
                return default;
            },
            CancellationToken.None);
        new VipsOperation(saver).With("in", image).With("Q", quality).WithObject("target", target.Handle).Run();
        target.Flush();
        return bytes.ToArray();
    }
}
