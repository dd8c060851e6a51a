using System.Runtime.Intrinsics;

using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>At which scale a hole is filled, and the picture at that scale.</summary>
internal static class WorkingScale
{
    /// <summary>Pictures of more pixels are worked on at a reduced scale.</summary>
    public const long MostPixels = 4_000_000;

    /// <summary>So are larger holes: time goes by the hole, not by the picture.</summary>
    private const long MostHole = 1_000_000;

    /// <summary>Pixels of lower alpha show nothing to fill from.</summary>
    private const byte Opaque = 128;

    /// <summary>How many pixels of the picture, each way, are one of the working scale.</summary>
    public static int Reduction(PixelRows rows, Grid<byte> strength)
    {
        var hole = 0L;
        for (var y = 0; y < rows.Height; y++)
        {
            for (var x = 0; x < rows.Width; x++)
            {
                hole += IsUnknown(rows, strength, x, y) ? 1 : 0;
            }
        }

        var reduction = 1;
        while ((long)rows.Width * rows.Height / reduction / reduction > MostPixels || hole / reduction / reduction > MostHole)
        {
            reduction++;
        }

        return reduction;
    }

    public static Scale Of(PixelRows rows, Grid<byte> strength, int reduction)
    {
        var scale = new Scale((rows.Width + reduction - 1) / reduction, (rows.Height + reduction - 1) / reduction);
        for (var y = 0; y < scale.Height; y++)
        {
            for (var x = 0; x < scale.Width; x++)
            {
                var at = (y * scale.Width) + x;
                (scale.Pixels.Values[at], scale.Hole.Values[at]) = Shrunk(rows, strength, reduction, (x * reduction, y * reduction));
            }
        }

        scale.Survey();
        return scale;
    }

    private static (uint Colour, bool Hole) Shrunk(PixelRows rows, Grid<byte> strength, int reduction, (int X, int Y) from)
    {
        var (sum, known, all) = (Vector128<float>.Zero, 0, 0);
        for (var y = from.Y; y < Math.Min(rows.Height, from.Y + reduction); y++)
        {
            for (var x = from.X; x < Math.Min(rows.Width, from.X + reduction); x++)
            {
                all++;
                if (!IsUnknown(rows, strength, x, y))
                {
                    known++;
                    sum += Rgb(rows[y], x);
                }
            }
        }

        return (known == 0 ? 0 : Colour.Pack(sum / known), known < all);
    }

    public static Vector128<float> Rgb(ReadOnlySpan<byte> row, int x)
        => Vector128.Create(row[x * 4], row[(x * 4) + 1], row[(x * 4) + 2], 0f);

    private static bool IsUnknown(PixelRows rows, Grid<byte> strength, int x, int y)
        => strength.Row(y)[x] > 0 || rows[y][(x * 4) + 3] < Opaque;
}
