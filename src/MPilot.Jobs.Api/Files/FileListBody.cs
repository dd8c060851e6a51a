using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Files;

/// <summary>A page of files.</summary>
internal sealed record FileListBody(
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("data")] IReadOnlyList<FileBody> Data,
    [property: JsonPropertyName("first_id")] string? FirstId,
    [property: JsonPropertyName("last_id")] string? LastId,
    [property: JsonPropertyName("has_more")] bool HasMore)
{
    public static FileListBody Of(IReadOnlyList<FileBody> page, bool hasMore)
        => new("list", page, page.Count > 0 ? page[0].Id : null, page.Count > 0 ? page[^1].Id : null, hasMore);
}
