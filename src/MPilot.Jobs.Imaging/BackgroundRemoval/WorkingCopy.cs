using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.BackgroundRemoval;

/// <summary>A small copy of the picture, on which the subject is found: its colours in L*a*b*.</summary>
internal sealed class WorkingCopy : IDisposable
{
    private const byte Opaque = 230;

    public WorkingCopy(PixelRows rows)
    {
        Rows = rows;
        (Sharp, Lab) = (new(rows.Width, rows.Height), new(rows.Width, rows.Height));
        Solid = new(rows.Width, rows.Height);
        for (var y = 0; y < rows.Height; y++)
        {
            Convert(y);
        }

        for (var channel = 0; channel < 3; channel++)
        {
            Sharp[channel].Values.CopyTo(Lab[channel].Values);
            BoxBlur.Apply(Lab[channel], 1);
        }
    }

    public PixelRows Rows { get; }

    /// <summary>As they are: thin strands keep their strength.</summary>
    public LabPlanes Sharp { get; }

    /// <summary>Slightly smoothed against noise.</summary>
    public LabPlanes Lab { get; }

    public Plane L => Lab[0];

    public Plane A => Lab[1];

    public Plane B => Lab[2];

    /// <summary>Where the picture is not already transparent.</summary>
    public Mask Solid { get; }

    public int Width => Lab.Width;

    public int Height => Lab.Height;

    /// <summary>How far each pixel's colour is from another; 0 where the picture is transparent.</summary>
    public Plane Distance(LabPlanes colours, LabPlanes others)
    {
        var distance = new Plane(Width, Height);
        for (var channel = 0; channel < 3; channel++)
        {
            var (one, other) = (colours[channel], others[channel]);
            for (var at = 0; at < distance.Values.Length; at++)
            {
                var apart = one.Values[at] - other.Values[at];
                distance.Values[at] += apart * apart;
            }
        }

        for (var at = 0; at < distance.Values.Length; at++)
        {
            distance.Values[at] = Solid.Values[at] ? MathF.Sqrt(distance.Values[at]) : 0;
        }

        return distance;
    }

    public void Dispose()
    {
        Sharp.Dispose();
        Lab.Dispose();
        Solid.Dispose();
    }

    private void Convert(int y)
    {
        var row = Rows[y];
        var l = Sharp[0].Row(y);
        var a = Sharp[1].Row(y);
        var b = Sharp[2].Row(y);
        var solid = Solid.Values.Slice(y * Width, Width);
        for (var x = 0; x < Width; x++)
        {
            var pixel = row.Slice(x * 4, 4);
            (l[x], a[x], b[x]) = LabColour.Of(pixel[0], pixel[1], pixel[2]);
            solid[x] = pixel[3] >= Opaque;
        }
    }
}
