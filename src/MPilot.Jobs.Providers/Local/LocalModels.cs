using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Providers.Local;

/// <summary>The models of the built-in editor: one for each thing it can do.</summary>
internal static class LocalModels
{
    public const string BackgroundRemoval = "background-removal";
    public const string Inpainting = "inpainting";
    public const string Outpainting = "outpainting";

    private const string OwnSize = "the size of the picture";

    public static IReadOnlyList<string> All { get; } = [BackgroundRemoval, Inpainting, Outpainting];

    /// <summary>What a model can do.</summary>
    public static ModelCapabilities Describe(string model) => model switch
    {
        Inpainting => Filling("inpainting", OwnSize) with { Mask = true },
        Outpainting => Filling("outpainting", "any size longer than the picture on one side"),
        _ => Filling("background_removal", OwnSize) with { Backgrounds = ["transparent"], OutputFormats = ["png", "webp"] },
    };

    private static ModelCapabilities Filling(string operation, string size) => new()
    {
        Operations = [operation],
        Mask = false,
        MaxImages = 1,
        SizeRule = size,
        Qualities = [],
        InputFidelities = [],
        OutputFormats = ["png", "webp", "jpeg"],
        PartialImages = false,
    };
}
