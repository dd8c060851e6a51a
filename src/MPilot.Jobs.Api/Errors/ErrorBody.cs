using System.Text.Json.Serialization;

namespace MPilot.Jobs.Api.Errors;

/// <summary>The one error body: members for readers of Bifrost, OpenAI and RFC 9457 at once.</summary>
internal sealed record ErrorBody(
    [property: JsonPropertyName("event_id")] string? EventId,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("is_bifrost_error")] bool IsBifrostError,
    [property: JsonPropertyName("status_code")] int StatusCode,
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("detail")] string Detail,
    [property: JsonPropertyName("error")] ErrorDetailBody Error,
    [property: JsonPropertyName("extra_fields")] ErrorExtraBody ExtraFields)
{
    /// <summary>The body of an error.</summary>
    /// <param name="error">What is wrong.</param>
    /// <param name="eventId">Of the answer; <c>null</c> where the error is only told of.</param>
    /// <param name="extra">Who was tried.</param>
    public static ErrorBody Of(ApiError error, string? eventId, ErrorExtraBody extra)
        => new(
            eventId, error.Type, error.IsGatewayFault, error.Status, error.Status, TitleOf(error.Status), error.Message,
            ErrorDetailBody.Of(error, eventId), extra);

    private static string TitleOf(int status) => status switch
    {
        401 => "Not identified",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        409 => "Conflict",
        410 => "Gone",
        413 => "Too large",
        415 => "Unsupported media type",
        429 => "Too many requests",
        499 => "Canceled",
        500 => "Internal error",
        502 => "Provider error",
        503 => "Unavailable",
        504 => "Not in time",
        _ => "Invalid request",
    };
}
