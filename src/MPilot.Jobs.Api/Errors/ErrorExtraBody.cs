using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Jobs;

namespace MPilot.Jobs.Api.Errors;

/// <summary>The member <c>extra_fields</c> of an error: who was tried. Empty where no provider was.</summary>
internal sealed record ErrorExtraBody(
    [property: JsonPropertyName("request_type")] string? RequestType = null,
    [property: JsonPropertyName("provider")] string? Provider = null,
    [property: JsonPropertyName("model_requested")] string? ModelRequested = null,
    [property: JsonPropertyName("attempts")] IReadOnlyList<AttemptBody>? Attempts = null,
    [property: JsonPropertyName("cost")] CostBody? Cost = null);
