using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Errors;

/// <summary>The one error body: members for readers of Bifrost, OpenAI and RFC 9457 at once.</summary>
internal sealed record ErrorBody(
    [property: JsonPropertyName("event_id")] string EventId,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("is_bifrost_error")] bool IsBifrostError,
    [property: JsonPropertyName("status_code")] int StatusCode,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("detail")] string Detail,
    [property: JsonPropertyName("error")] ErrorDetailBody Error,
    [property: JsonPropertyName("extra_fields")] ErrorExtraBody ExtraFields);
