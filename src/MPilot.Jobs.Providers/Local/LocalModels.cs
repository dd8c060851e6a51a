namespace MPilot.Jobs.Providers.Local;

/// <summary>The models of the built-in editor: one for each thing it can do.</summary>
internal static class LocalModels
{
    public const string BackgroundRemoval = "background-removal";
    public const string Inpainting = "inpainting";
    public const string Outpainting = "outpainting";

    public static IReadOnlyList<string> All { get; } = [BackgroundRemoval, Inpainting, Outpainting];
}
