using System.Runtime.Intrinsics;

using MPilot.Jobs.Imaging.Vips;

namespace MPilot.Jobs.Imaging.Inpainting;

/// <summary>What the filled working scale says about each pixel of the full picture. Where the scale is reduced, the colour comes from it
/// and the fine detail from the full picture, at the place the hole's pixel was matched with.</summary>
internal readonly struct Filling(PixelRows rows, Scale working, int reduction)
{
    public Vector128<float> At(int x, int y)
    {
        if (reduction == 1)
        {
            return Colour.Unpack(working.Pixels.Values[(y * working.Width) + x]);
        }

        var colour = Between(x, y);
        return Shift(x / reduction, y / reduction) is var (dx, dy) ? colour + Detail(x + (dx * reduction), y + (dy * reduction)) : colour;
    }

    private Vector128<float> Detail(int x, int y)
        => x < rows.Width && y < rows.Height ? WorkingScale.Rgb(rows[y], x) - Between(x, y) : Vector128<float>.Zero;

    /// <summary>From a pixel of the hole to the known one that the most alike patch over it puts there.</summary>
    private (int X, int Y)? Shift(int x, int y)
    {
        var width = working.Width;
        var (target, least) = (-1, int.MaxValue);
        for (var row = Math.Max(0, y - Patch.Side + 1); row <= Math.Min(y, working.Height - Patch.Side); row++)
        {
            for (var column = Math.Max(0, x - Patch.Side + 1); column <= Math.Min(x, width - Patch.Side); column++)
            {
                var patch = (row * width) + column;
                (target, least) = working.Match.Values[patch] >= 0 && working.Cost.Values[patch] < least
                    ? (patch, working.Cost.Values[patch])
                    : (target, least);
            }
        }

        if (target < 0)
        {
            return null;
        }

        var match = working.Match.Values[target];
        return ((match % width) - (target % width), (match / width) - (target / width));
    }

    /// <summary>The working scale between its pixels.</summary>
    private Vector128<float> Between(int x, int y)
    {
        var (placeX, placeY) = (Place(x, working.Width), Place(y, working.Height));
        var upper = Along(placeY.From, placeX);
        var lower = Along(Math.Min(placeY.From + 1, working.Height - 1), placeX);
        return upper + ((lower - upper) * placeY.Part);
    }

    private Vector128<float> Along(int row, (int From, float Part) place)
    {
        var pixels = working.Pixels.Row(row);
        var left = Colour.Unpack(pixels[place.From]);
        return left + ((Colour.Unpack(pixels[Math.Min(place.From + 1, pixels.Length - 1)]) - left) * place.Part);
    }

    private (int From, float Part) Place(int at, int length)
    {
        var place = Math.Clamp(((at + 0.5f) / reduction) - 0.5f, 0, length - 1);
        return ((int)place, place - (int)place);
    }
}
