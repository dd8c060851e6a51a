using System.Globalization;

namespace MPilot.Jobs.Domain.Edits;

/// <summary>Width and height in pixels, both at least 1; written <c>1024x1536</c>.</summary>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>Number of pixels.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Reads <c>WxH</c> in plain decimal digits, each side 1..65535.</summary>
    public static bool TryParse(string text, out PictureSize size)
    {
        size = default;
        var cross = text.IndexOf('x', StringComparison.Ordinal);
        if (cross < 1 || !Side(text.AsSpan(0, cross), out var width) || !Side(text.AsSpan(cross + 1), out var height))
        {
            return false;
        }

        size = new(width, height);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    /// <summary>The check of each character is not idle: int.TryParse lets trailing NULs pass.</summary>
    private static bool Side(ReadOnlySpan<char> digits, out int side)
        => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out side)
            && side is >= 1 and <= 65535
            && !digits.ContainsAnyExceptInRange('0', '9');
}
