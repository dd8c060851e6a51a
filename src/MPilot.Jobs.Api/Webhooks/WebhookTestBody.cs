using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Webhooks;

/// <summary>What a test is about: nothing but its endpoint.</summary>
internal sealed record WebhookTestBody([property: JsonPropertyName("endpoint")] string? Endpoint);
