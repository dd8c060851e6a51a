using System.Text.Json;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Requests;

/// <summary>Reads small JSON bodies: settings, not pictures.</summary>
internal static class JsonObjectReader
{
    private const int MaxBytes = 64 << 10;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>The members of the body, or what keeps it from being read.</summary>
    /// <param name="request">No body at all counts as an empty object.</param>
    /// <param name="mistakes">Takes what is wrong with members.</param>
    public static async Task<(JsonObjectMembers? Members, ApiError? Refusal)> ReadAsync(HttpRequest request, Mistakes mistakes)
    {
        using var body = new MemoryStream();
        var buffer = new byte[4 << 10];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var count)
        {
            if (body.Length + count > MaxBytes)
            {
                return (null, ErrorCatalog.BodyTooLarge(null, $"The body may have at most {MaxBytes} bytes."));
            }

            body.Write(buffer, 0, count);
        }

        if (body.Length == 0)
        {
            return (new(new(StringComparer.Ordinal), mistakes), null);
        }

        return request.HasJsonContentType() ? Parse(body, mistakes) : (null, ErrorCatalog.UnsupportedMediaType());
    }

    private static (JsonObjectMembers? Members, ApiError? Refusal) Parse(MemoryStream body, Mistakes mistakes)
    {
        try
        {
            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length), Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new(document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.Clone(), StringComparer.Ordinal), mistakes), null)
                : (null, ErrorCatalog.InvalidJson("The body must be a JSON object."));
        }
        catch (JsonException)
        {
            return (null, ErrorCatalog.InvalidJson("The body is not valid JSON."));
        }
    }
}
