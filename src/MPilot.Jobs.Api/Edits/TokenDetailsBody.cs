using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Tokens by what they stood for.</summary>
internal sealed record TokenDetailsBody(
    [property: JsonPropertyName("image_tokens")] long? ImageTokens,
    [property: JsonPropertyName("text_tokens")] long? TextTokens);
