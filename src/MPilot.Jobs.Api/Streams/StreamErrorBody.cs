using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Streams;

/// <summary>The event <c>error</c>, which ends a stream.</summary>
internal sealed record StreamErrorBody(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("status_code")] int StatusCode,
    [property: JsonPropertyName("error")] ErrorDetailBody Error,
    [property: JsonPropertyName("extra_fields")] ErrorExtraBody ExtraFields);
