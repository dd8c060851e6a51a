using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Errors;

/// <summary>One mistake in a request.</summary>
internal sealed record FieldMistake(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("param")] string? Param);
