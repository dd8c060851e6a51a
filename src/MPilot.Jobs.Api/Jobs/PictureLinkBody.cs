using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>A link to a result picture.</summary>
internal sealed record PictureLinkBody(
    [property: JsonPropertyName("url")] Uri Url,
    [property: JsonPropertyName("index")] int Index);
