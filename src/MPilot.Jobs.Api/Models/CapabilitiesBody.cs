using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Engine.Drivers;

namespace MPilot.Jobs.Api.Models;

/// <summary>What a model can do. A list that is left out: only the provider knows, or it depends on the picture. An empty one: no such parameter.</summary>
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
    public static CapabilitiesBody Of(ModelCapabilities model)
        => new(
            model.Operations, model.Mask, model.MaxImages, model.Sizes, model.SizeRule, model.Qualities, model.InputFidelities, model.Backgrounds,
            model.OutputFormats, model.PartialImages);
}
