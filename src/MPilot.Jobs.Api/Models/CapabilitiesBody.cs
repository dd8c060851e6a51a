using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Api.Models;

/// <summary>What a model can do. A list that is left out: only the provider knows, or it depends on the picture. An empty one: no such parameter.
/// Sizes and encodings are those it makes itself; the service makes others of them.</summary>
internal sealed record CapabilitiesBody(
    [property: JsonPropertyName("operations")] ImmutableArray<string> Operations,
    [property: JsonPropertyName("mask")] bool Mask,
    [property: JsonPropertyName("max_images")] int MaxImages,
    [property: JsonPropertyName("sizes")] ImmutableArray<string>? Sizes,
    [property: JsonPropertyName("size_rule")] string? SizeRule,
    [property: JsonPropertyName("qualities")] ImmutableArray<string>? Qualities,
    [property: JsonPropertyName("input_fidelities")] ImmutableArray<string>? InputFidelities,
    [property: JsonPropertyName("backgrounds")] ImmutableArray<string>? Backgrounds,
    [property: JsonPropertyName("output_formats")] ImmutableArray<string>? OutputFormats,
    [property: JsonPropertyName("partial_images")] bool PartialImages)
{
    private static readonly (EditType Type, string Name)[] Types =
    [
        (EditType.Inpainting, "inpainting"), (EditType.Outpainting, "outpainting"), (EditType.BackgroundRemoval, "background_removal"),
    ];

    public static CapabilitiesBody Of(ModelCapabilities model)
        => new(
            [.. model.EditsByPrompt ? (string[])["edit"] : [], .. Types.Where(t => model.CanDo(t.Type)).Select(t => t.Name)],
            model.CanDo(EditType.Inpainting), model.MaxImages,
            model.Sizes is ModelSizes.Listed listed ? [.. listed.Sizes.Select(s => s.ToString())] : null,
            SizeRuleOf(model.Sizes),
            model.Qualities, model.Fidelities, model.KeepsTransparency ? null : model.Backgrounds, model.Outputs, model.MaxPreviews > 0);

    private static string? SizeRuleOf(ModelSizes sizes) => sizes switch
    {
        ModelSizes.Kept => "the size of the picture",
        ModelSizes.Near near => near.ToString(),
        ModelSizes.Ruled ruled => ruled.ToString(),
        _ => null,
    };
}
