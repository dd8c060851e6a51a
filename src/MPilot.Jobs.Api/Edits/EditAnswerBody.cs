using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Edits;

/// <summary>The answer of an edit. It describes what <see cref="AnswerFrame"/> writes, which never has a picture in memory.</summary>
internal sealed record EditAnswerBody(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("data")] ImmutableArray<EditPictureBody> Pictures,
    [property: JsonPropertyName("background")] string? Background,
    [property: JsonPropertyName("output_format")] string OutputFormat,
    [property: JsonPropertyName("quality")] string? Quality,
    [property: JsonPropertyName("size")] string Size,
    [property: JsonPropertyName("usage")] UsageBody? Usage,
    [property: JsonPropertyName("extra_fields")] AnswerExtraBody ExtraFields);
