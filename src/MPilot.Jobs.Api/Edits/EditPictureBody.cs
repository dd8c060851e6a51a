using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Edits;

/// <summary>A picture of an answer: its bytes or a link to them.</summary>
internal sealed record EditPictureBody(
    [property: JsonPropertyName("b64_json")] string? Base64,
    [property: JsonPropertyName("url")] Uri? Url,
    [property: JsonPropertyName("revised_prompt")] string? RevisedPrompt,
    [property: JsonPropertyName("index")] int Index);
