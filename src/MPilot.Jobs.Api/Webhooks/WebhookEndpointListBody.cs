using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>A page of webhook endpoints, newest first.</summary>
internal sealed record WebhookEndpointListBody(
    [property: JsonPropertyName("data")] IReadOnlyList<WebhookEndpointBody> Endpoints,
    [property: JsonPropertyName("first_id")] string? FirstId,
    [property: JsonPropertyName("last_id")] string? LastId,
    [property: JsonPropertyName("has_more")] bool HasMore)
{
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";

    public static WebhookEndpointListBody Of(IReadOnlyList<WebhookEndpointBody> page, bool hasMore)
        => page is [var first, ..] ? new(page, first.Id, page[^1].Id, hasMore) : new(page, null, null, hasMore);
}
