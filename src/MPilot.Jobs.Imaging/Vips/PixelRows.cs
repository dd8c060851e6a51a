namespace MPilot.Jobs.Imaging.Vips;

/// <summary>Pixels in native memory, one byte a channel, channels interleaved.</summary>
internal readonly unsafe struct PixelRows(byte* first, int width, int height, int bands)
{
    public int Width => width;

    public int Height => height;

    public int Bands => bands;

    public Span<byte> this[int row] => new(first + ((long)row * width * bands), width * bands);
}
