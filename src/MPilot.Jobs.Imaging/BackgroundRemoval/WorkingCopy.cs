using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>A small copy of the picture, on which the subject is found: its colours in L*a*b*, slightly smoothed against noise.</summary>
internal sealed class WorkingCopy : IDisposable
{
    private const byte Opaque = 230;

    public WorkingCopy(PixelRows rows)
    {
        Rows = rows;
        (L, A, B) = (new(rows.Width, rows.Height), new(rows.Width, rows.Height), new(rows.Width, rows.Height));
        Solid = new(rows.Width, rows.Height);
        for (var y = 0; y < rows.Height; y++)
        {
            Convert(y);
        }

        BoxBlur.Apply(L, 1);
        BoxBlur.Apply(A, 1);
        BoxBlur.Apply(B, 1);
    }

    public PixelRows Rows { get; }

    public Plane L { get; }

    public Plane A { get; }

    public Plane B { get; }

    /// <summary>Where the picture is not already transparent.</summary>
    public Mask Solid { get; }

    public int Width => L.Width;

    public int Height => L.Height;

    public void Dispose()
    {
        L.Dispose();
        A.Dispose();
        B.Dispose();
        Solid.Dispose();
    }

    private void Convert(int y)
    {
        var row = Rows[y];
        var l = L.Row(y);
        var a = A.Row(y);
        var b = B.Row(y);
        var solid = Solid.Values.Slice(y * Width, Width);
        for (var x = 0; x < Width; x++)
        {
            var pixel = row.Slice(x * 4, 4);
            (l[x], a[x], b[x]) = LabColour.Of(pixel[0], pixel[1], pixel[2]);
            solid[x] = pixel[3] >= Opaque;
        }
    }
}
