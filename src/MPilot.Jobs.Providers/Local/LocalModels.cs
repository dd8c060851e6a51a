using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Providers.Local;

/// <summary>The models of the built-in editor: one for each thing it can do.</summary>
internal static class LocalModels
{
    public const string BackgroundRemoval = "background-removal";
    public const string Inpainting = "inpainting";
    public const string Outpainting = "outpainting";

    public static readonly ImmutableArray<ModelCapabilities> Known =
    [
        Row(BackgroundRemoval, EditType.BackgroundRemoval) with { Backgrounds = ["transparent"], Outputs = ["png", "webp"] },
        Row(Inpainting, EditType.Inpainting) with { Mask = MaskObedience.Exact, MaskForm = MaskForm.Given, KeepsTransparency = true },
        Row(Outpainting, EditType.Outpainting) with { Sizes = new ModelSizes.Any(), KeepsTransparency = true },
    ];

    public static IReadOnlyList<string> All { get; } = [.. Known.Select(row => row.Pattern)];

    private static ModelCapabilities Row(string name, EditType type) => new()
    {
        Pattern = name,
        Prompt = PromptUse.Unread,
        Types = [type],
        MaxImages = 1,
        ReadsOrientation = true,
        Sizes = new ModelSizes.Kept(),
        Outputs = ["png", "webp", "jpeg"],
        Compression = true,
    };
}
