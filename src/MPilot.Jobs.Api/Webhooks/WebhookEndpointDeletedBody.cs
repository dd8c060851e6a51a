using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>What is said of an endpoint that is no more.</summary>
internal sealed record WebhookEndpointDeletedBody([property: JsonPropertyName("id")] string Id)
{
    [JsonPropertyName("object")]
    public string Object => "webhook.endpoint";

    [JsonPropertyName("deleted")]
    public bool Deleted => true;
}
