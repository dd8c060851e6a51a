using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Api.Requests;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Reads the <c>Idempotency-Key</c> header: 1 to 255 visible ASCII characters.</summary>
internal static class IdempotencyHeader
{
    private const int MaxLength = 255;

    /// <summary>The key, or <c>null</c> where none was sent or it is a mistake.</summary>
    public static string? Read(HttpRequest request, Mistakes mistakes)
    {
        var values = request.Headers[ApiHeaders.IdempotencyKey];
        if (values.Count == 0)
        {
            return null;
        }

        if (values is [{ Length: > 0 and <= MaxLength } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return key;
        }

        mistakes.Invalid(ApiHeaders.IdempotencyKey, "Idempotency-Key must be one text of 1 to 255 visible ASCII characters.");
        return null;
    }
}
