using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Dialects.Bifrost;

/// <summary>The job in an event, as Bifrost has it.</summary>
internal sealed record BifrostEventJobBody(
    [property: JsonPropertyName("job_id")] string JobId,
    [property: JsonPropertyName("request_type")] string RequestType,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("status_code")] int StatusCode,
    [property: JsonPropertyName("result_url")] string ResultUrl,
    [property: JsonPropertyName("result_expires_at")] DateTime? ResultExpiresAt);
