using System.Globalization;

namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>Which sizes a model draws.</summary>
internal static class OpenAiSizeRule
{
    private const int Step = 16;
    private const int MaxRatio = 3;
    private const int MaxSide = 3840;
    private const int MinPixels = 655_360;
    private const int MaxPixels = 8_294_400;

    private static readonly string[] Fixed = ["1024x1024", "1024x1536", "1536x1024", "auto"];

    public static OpenAiRefusal? Check(string size, OpenAiModel model)
    {
        if (size == "auto") return null;
        if (!model.FreeSize) return Fixed.Contains(size) ? null : OpenAiRefusal.Unsupported("size", size, Fixed);
        if (Parse(size) is not var (width, height)) return Refuse(size, "Expected 'auto' or a size such as '1024x1024'.");
        if (width % Step != 0 || height % Step != 0) return Refuse(size, $"Width and height must be divisible by {Step}.");
        if (Math.Max(width, height) > MaxSide) return Refuse(size, $"The longest edge must not exceed {MaxSide}.");
        if (Math.Max(width, height) > MaxRatio * Math.Min(width, height)) return Refuse(size, $"The aspect ratio must be between 1:{MaxRatio} and {MaxRatio}:1.");
        return width * height is < MinPixels or > MaxPixels ? Refuse(size, $"The number of pixels must be between {MinPixels} and {MaxPixels}.") : null;
    }

    /// <returns>Nothing if it is no size.</returns>
    public static (int Width, int Height)? Parse(string size) =>
        size == "auto" ? (1024, 1024)
        : size.Split('x') is [var first, var second] && Side(first) is { } width && Side(second) is { } height ? (width, height)
        : null;

    private static int? Side(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side > 0 ? side : null;

    private static OpenAiRefusal Refuse(string size, string why) => OpenAiRefusal.Invalid("size", $"Invalid size '{size}'. {why}");
}
