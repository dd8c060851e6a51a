namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>Baseline JPEG of flat blocks. A restart marker after each row of blocks makes the rows independent, so the lower ones can be kept.</summary>
internal sealed class JpegEncoder : IPictureEncoder
{
    private const int NoiseBits = 6;
    private const int Coefficients = 63;
    private const int Components = 3;

    /// <summary>Codes for magnitudes 0 to 11, lengths as in the standard's luminance table.</summary>
    private static readonly byte[] DcTable = [0, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    /// <summary>Two codes: 0 ends the block, 10 is a coefficient of four bits.</summary>
    private static readonly byte[] AcTable = [0x10, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x04];

    private static readonly (int Code, int Length)[] DcCodes =
        [(0, 2), (2, 3), (3, 3), (4, 3), (5, 3), (6, 3), (14, 4), (30, 5), (62, 6), (126, 7), (254, 8), (510, 9)];

    public PictureTemplate Prepare(PictureSpec spec)
    {
        var bits = new JpegBits();
        var rows = spec.Height / Painting.Cell;
        var noisyBytesInRow = spec.Width / Painting.Cell * Components * Coefficients * NoiseBits / 8;
        var noisyFrom = rows - Math.Clamp((spec.Bytes - 4096) / noisyBytesInRow, 0, rows - Painting.BandCells);
        var noise = new Noise();
        for (var row = Painting.BandCells; row < rows; row++) WriteRow(bits, spec, "", row, row >= noisyFrom ? noise : null);
        bits.Marker(0xD9);
        return new PictureTemplate(spec, bits.ToArray());
    }

    public RenderedPicture Complete(PictureTemplate template, string label)
    {
        var bits = new JpegBits();
        for (var row = 0; row < Painting.BandCells; row++) WriteRow(bits, template.Spec, label, row, null);
        return new RenderedPicture([.. Header(template.Spec), .. bits.ToArray()], template, []);
    }

    private static byte[] Header(PictureSpec spec)
    {
        var perRow = spec.Width / Painting.Cell;
        return
        [
            0xFF, 0xD8,
            .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
            .. Segment(0xDB, [0, 8, .. Enumerable.Repeat((byte)1, Coefficients)]),
            .. Segment(0xC0, [8, High(spec.Height), Low(spec.Height), High(spec.Width), Low(spec.Width), Components, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
            .. Segment(0xC4, DcTable),
            .. Segment(0xC4, AcTable),
            .. Segment(0xDD, [High(perRow), Low(perRow)]),
            .. Segment(0xDA, [Components, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
        ];
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, High(content.Length + 2), Low(content.Length + 2), .. content];

    private static byte High(int value) => (byte)(value >> 8);

    private static byte Low(int value) => (byte)value;

    private static void WriteRow(JpegBits bits, PictureSpec spec, string label, int row, Noise? noise)
    {
        Span<int> before = [0, 0, 0];
        for (var column = 0; column < spec.Width / Painting.Cell; column++)
        {
            var (r, g, b, _) = Painting.At(spec, label, column, row);
            Span<int> colour =
            [
                (int)((0.299 * r) + (0.587 * g) + (0.114 * b)) - 128, (int)((-0.1687 * r) - (0.3313 * g) + (0.5 * b)), (int)((0.5 * r) - (0.4187 * g) - (0.0813 * b)),
            ];
            for (var component = 0; component < Components; component++) WriteBlock(bits, colour[component] - before[component], noise);
            colour.CopyTo(before);
        }
        bits.Align();
        if (row < (spec.Height / Painting.Cell) - 1) bits.Marker((byte)(0xD0 + (row % 8)));
    }

    private static void WriteBlock(JpegBits bits, int difference, Noise? noise)
    {
        var size = 32 - int.LeadingZeroCount(Math.Abs(difference));
        bits.Write(DcCodes[size].Code, DcCodes[size].Length);
        bits.Write(difference < 0 ? difference + (1 << size) - 1 : difference, size);
        for (var at = 0; noise is not null && at < Coefficients; at++) bits.Write(0b10_0000 | (int)(noise.Next() >> 9 & 15), NoiseBits);
        if (noise is null) bits.Write(0, 1);
    }
}
