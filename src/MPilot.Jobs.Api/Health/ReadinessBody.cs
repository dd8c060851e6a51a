using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Health;

/// <summary>The answer of the health endpoints.</summary>
internal sealed record ReadinessBody(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("checks")] IReadOnlyList<ReadinessRow>? Checks = null);
