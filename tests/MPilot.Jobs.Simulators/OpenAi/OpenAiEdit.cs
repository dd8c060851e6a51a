using MPilot.Jobs.Simulators.Pictures;

namespace MPilot.Jobs.Simulators.OpenAi;

/// <summary>A request that passed every rule, defaults filled in.</summary>
internal sealed record OpenAiEdit(
    OpenAiModel Model, int N, int Width, int Height, string Quality, string Background, PictureFormat Format, bool Stream, int Partials, OpenAiUsage Usage,
    int Frames, int FrameMs)
{
    public string Size => $"{Width}x{Height}";

    public string FormatName => Format.ToString().ToLowerInvariant();

    public PictureSpec Spec(int? bytes) => new(Width, Height, Format, Background == "transparent", bytes ?? 0, Frames, FrameMs);
}
