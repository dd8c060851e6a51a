using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Streams;

/// <summary>The event <c>image_edit.failed</c>: one slot is lost. It has no member <c>error</c>, which clients would throw on.</summary>
internal sealed record PictureFailedBody(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("image_index")] int ImageIndex,
    [property: JsonPropertyName("failure")] string Failure,
    [property: JsonPropertyName("created_at")] long CreatedAt,
    [property: JsonPropertyName("sequence_number")] long SequenceNumber,
    [property: JsonPropertyName("id")] string Id);
