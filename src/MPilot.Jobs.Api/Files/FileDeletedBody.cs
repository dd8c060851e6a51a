using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Files;

/// <summary>What is said of a file that is no more.</summary>
internal sealed record FileDeletedBody([property: JsonPropertyName("id")] string Id)
{
    [JsonPropertyName("object")]
    public string Object => "file";

    [JsonPropertyName("deleted")]
    public bool Deleted => true;
}
