using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Health;

/// <summary>One part in the answer of <c>/health/ready</c>.</summary>
internal sealed record ReadinessRow(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("message")] string? Message);
