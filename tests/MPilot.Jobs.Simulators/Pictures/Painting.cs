namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>The motif: a gradient of flat cells, and on top a band with a label in blocks. Only the band differs between pictures of one template.</summary>
internal static class Painting
{
    /// <summary>Pixels a side of a cell; every encoder relies on cells being flat.</summary>
    public const int Cell = 8;

    /// <summary>Cells from the top that the label may change.</summary>
    public const int BandCells = 7;

    private const string Signs = "0123456789-";

    /// <summary>Five rows of three blocks for each sign, the top left block in the highest bit.</summary>
    private static readonly int[] Font = [0x7B6F, 0x2C97, 0x73E7, 0x73CF, 0x5BC9, 0x79CF, 0x79EF, 0x7249, 0x7BEF, 0x7BCF, 0x01C0];

    /// <summary>Red, green, blue, alpha.</summary>
    public static (byte R, byte G, byte B, byte A) At(PictureSpec spec, string label, int cellX, int cellY)
    {
        var (columns, rows) = (spec.Width / Cell, spec.Height / Cell);
        if (cellY < BandCells) return Inked(label, cellX - 1, cellY - 1) ? ((byte)20, (byte)20, (byte)20, (byte)255) : ((byte)235, (byte)235, (byte)235, (byte)255);
        var hole = spec.Transparent && (cellX + cellY) % 8 == 0;
        return ((byte)(255 * cellX / columns), (byte)(255 * cellY / rows), (byte)(255 - (255 * cellX / columns)), hole ? (byte)0 : (byte)255);
    }

    private static bool Inked(string label, int x, int y)
    {
        if (x < 0 || y is < 0 or > 4 || x / 4 >= label.Length || x % 4 == 3) return false;
        var sign = Font[Signs.IndexOf(label[x / 4], StringComparison.Ordinal)];
        return (sign >> (14 - (y * 3) - (x % 4)) & 1) == 1;
    }
}
