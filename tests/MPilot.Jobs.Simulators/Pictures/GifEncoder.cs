namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>GIF in 128 greys. A clear code every 120 pixels keeps each code at one byte, so nothing is compressed and rows can be kept.</summary>
internal sealed class GifEncoder : IPictureEncoder
{
    private const int PixelsToClear = 120;
    private const int BlockBytes = 255;
    private const byte Clear = 128;
    private const byte End = 129;

    public PictureTemplate Prepare(PictureSpec spec)
    {
        var rows = spec.Height / Painting.Cell;
        List<byte> body = [.. Blocks([.. Codes(spec, "", Painting.BandCells, rows), End]), 0];
        for (var frame = 1; frame < spec.Frames; frame++) body.AddRange([.. FrameHeader(spec), .. Blocks([.. Codes(spec, $"{frame}", 0, rows), End]), 0]);
        body.Add(0x3B);
        return new PictureTemplate(spec, [.. body]);
    }

    public RenderedPicture Complete(PictureTemplate template, string label)
    {
        var spec = template.Spec;
        var greys = Enumerable.Range(0, 128).SelectMany(grey => Enumerable.Repeat((byte)(grey * 2), 3));
        byte[] loop = spec.Frames > 1 ? [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0] : [];
        byte[] head = [.. "GIF89a"u8, .. Small(spec.Width), .. Small(spec.Height), 0xF6, 0, 0, .. greys, .. loop, .. FrameHeader(spec)];
        return new RenderedPicture([.. head, .. Blocks(Codes(spec, label, 0, Painting.BandCells))], template, []);
    }

    private static byte[] FrameHeader(PictureSpec spec) =>
        [0x21, 0xF9, 4, 0, .. Small(spec.FrameMs / 10), 0, 0, 0x2C, 0, 0, 0, 0, .. Small(spec.Width), .. Small(spec.Height), 0, 7];

    private static byte[] Small(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Codes(PictureSpec spec, string label, int fromCell, int toCell)
    {
        var codes = new List<byte>();
        var pixel = 0;
        for (var y = fromCell * Painting.Cell; y < toCell * Painting.Cell; y++)
        {
            for (var x = 0; x < spec.Width; x++)
            {
                if (pixel++ % PixelsToClear == 0) codes.Add(Clear);
                var (r, g, b, _) = Painting.At(spec, label, x / Painting.Cell, y / Painting.Cell);
                codes.Add((byte)((r + g + g + b) / 8));
            }
        }
        return [.. codes];
    }

    private static byte[] Blocks(byte[] codes) => [.. codes.Chunk(BlockBytes).SelectMany(block => (byte[])[(byte)block.Length, .. block])];
}
