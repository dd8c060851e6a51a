using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>How many deliveries begin anew.</summary>
internal sealed record RedeliveryBody([property: JsonPropertyName("count")] int Count)
{
    [JsonPropertyName("object")]
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "webhook.redelivery";
}
