using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Streams;

namespace MPilot.Jobs.Api.Documentation;

/// <summary>The events <c>image_edit.partial_image</c> and <c>image_edit.completed</c>, as <see cref="PictureFrames"/> writes them.</summary>
internal sealed record PictureEventBody(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("created_at")] long CreatedAt,
    [property: JsonPropertyName("size")] string Size,
    [property: JsonPropertyName("quality")] string Quality,
    [property: JsonPropertyName("background")] string Background,
    [property: JsonPropertyName("output_format")] string OutputFormat,
    [property: JsonPropertyName("image_index")] int ImageIndex,
    [property: JsonPropertyName("sequence_number")] long SequenceNumber,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("extra_fields")] FrameExtraBody ExtraFields)
{
    [JsonPropertyName("b64_json")]
    public string? Base64 { get; init; }

    [JsonPropertyName("url")]
    public Uri? Url { get; init; }

    /// <summary>Only of previews.</summary>
    [JsonPropertyName("partial_image_index")]
    public int? PartialImageIndex { get; init; }

    /// <summary>Only of finished pictures.</summary>
    [JsonPropertyName("usage")]
    public UsageBody? Usage { get; init; }

    /// <summary>Set in place of the bytes once they are gone.</summary>
    [JsonPropertyName("image_expired")]
    public bool? ImageExpired { get; init; }
}
