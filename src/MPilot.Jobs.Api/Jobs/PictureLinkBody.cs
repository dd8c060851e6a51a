using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>A link to a result picture.</summary>
internal sealed record PictureLinkBody(
    [property: JsonPropertyName("url")] Uri Url,
    [property: JsonPropertyName("index")] int Index)
{
    /// <summary>Where the request had <c>output_url</c>; not in lists.</summary>
    [JsonPropertyName("output")]
    public OutputBody? Output { get; init; }
}
