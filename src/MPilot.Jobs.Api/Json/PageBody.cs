using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Json;

/// <summary>A page of a list, its ids taken from its ends.</summary>
internal sealed record PageBody<T>(
    [property: JsonPropertyName("data")] IReadOnlyList<T> Data,
    [property: JsonPropertyName("first_id")] string? FirstId,
    [property: JsonPropertyName("last_id")] string? LastId,
    [property: JsonPropertyName("has_more")] bool HasMore)
{
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";
}
