using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Models;

/// <summary>All models that are known by name.</summary>
internal sealed record ModelListBody(
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("data")] IReadOnlyList<ModelBody> Models);
