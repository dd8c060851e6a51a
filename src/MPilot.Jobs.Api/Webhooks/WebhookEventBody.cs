using System.Text.Json;
using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>What receivers read.</summary>
/// <param name="Type">The event.</param>
/// <param name="Timestamp">When it became true, in UTC.</param>
/// <param name="Sequence">The event's number in its job.</param>
/// <param name="Content">What it is about.</param>
internal sealed record WebhookEventBody(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("timestamp")] DateTime Timestamp,
    [property: JsonPropertyName("sequence")] long? Sequence,
    [property: JsonPropertyName("data")] JsonElement Content)
{
    /// <summary>Members of <c>data</c> that were left out to keep it small; <c>GET /v1/jobs/{id}</c> has them.</summary>
    [JsonPropertyName("omitted")]
    public IReadOnlyList<string>? Omitted { get; init; }
}
