using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>A page of deliveries, newest first.</summary>
internal sealed record DeliveryListBody(
    [property: JsonPropertyName("data")] IReadOnlyList<DeliveryBody> Deliveries,
    [property: JsonPropertyName("first_id")] string? FirstId,
    [property: JsonPropertyName("last_id")] string? LastId,
    [property: JsonPropertyName("has_more")] bool HasMore)
{
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "list";

    public static DeliveryListBody Of(IReadOnlyList<DeliveryBody> page, bool hasMore)
        => page is [var first, ..] ? new(page, first.Id, page[^1].Id, hasMore) : new(page, null, null, hasMore);
}
