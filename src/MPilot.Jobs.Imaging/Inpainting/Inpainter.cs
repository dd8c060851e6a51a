using System.Runtime.Intrinsics;

using MPilot.Jobs.Engine.Imaging;
using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>Fills a decoded picture where it is to be edited, in place.</summary>
internal static class Inpainter
{
    /// <param name="rows">The picture, four channels; pixels of strength 0 are not touched.</param>
    /// <param name="strength">0..255 for every pixel.</param>
    /// <param name="around">Whether what is to be filled lies around the picture, not within it.</param>
    /// <exception cref="EditImpossibleException">There is nothing to fill from.</exception>
    public static void Fill(PixelRows rows, Grid<byte> strength, bool around, CancellationToken cancellationToken)
    {
        var reduction = WorkingScale.Reduction(rows, strength);
        var working = WorkingScale.Of(rows, strength, reduction);
        using var pyramid = new Pyramid(working);
        if (!working.Hole.Values.Contains(value: false))
        {
            throw new EditImpossibleException("There is nothing to fill from: no part of the picture is both kept and opaque.");
        }

        if (working.HasSources)
        {
            Completion.Fill(pyramid, around, cancellationToken);
            var finish = around ? (Action<Scale>)Finish.Around : Finish.Within;
            finish(working);
        }
        else
        {
            Finish.Plainly(working);
        }

        var filling = new Filling(rows, working, reduction);
        for (var y = 0; y < rows.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Blend(rows[y], strength.Row(y), y, filling);
        }
    }

    private static void Blend(Span<byte> row, ReadOnlySpan<byte> strength, int y, Filling filling)
    {
        for (var x = 0; x < strength.Length; x++)
        {
            if (strength[x] > 0)
            {
                Lay(row.Slice(x * 4, 4), filling.At(x, y), strength[x] / 255f);
            }
        }
    }

    /// <summary>Lays the opaque filling over a pixel: alphas add up, colours count by their share of it.</summary>
    private static void Lay(Span<byte> pixel, Vector128<float> filling, float strength)
    {
        var own = (1 - strength) * pixel[3] / 255f;
        var alpha = own + strength;
        var colour = ((WorkingScale.Rgb(pixel, 0) * own) + (filling * strength)) / alpha;
        var packed = Colour.Pack(colour.WithElement(3, alpha * 255));
        (pixel[0], pixel[1], pixel[2], pixel[3]) = ((byte)packed, (byte)(packed >> 8), (byte)(packed >> 16), (byte)(packed >> 24));
    }
}
