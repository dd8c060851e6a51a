using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Errors;

/// <summary>The member <c>error</c>, as OpenAI's clients read it.</summary>
internal sealed record ErrorDetailBody(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("param")] string? Param,
    [property: JsonPropertyName("event_id")] string? EventId = null,
    [property: JsonPropertyName("errors")] IReadOnlyList<FieldMistake>? Errors = null)
{
    /// <summary>The detail of an error, with all mistakes where there are any.</summary>
    public static ErrorDetailBody Of(ApiError error, string? eventId)
        => new(error.Type, error.Code, error.Message, error.Param, eventId, error.Errors.IsDefaultOrEmpty ? null : error.Errors);
}
