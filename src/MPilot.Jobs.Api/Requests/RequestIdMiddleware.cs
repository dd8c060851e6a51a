using System.Buffers;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Engine;

namespace MPilot.Jobs.Api.Requests;

/// <summary>Gives every request an id: the caller's own where it is well formed, else a new one. It is on every answer.</summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, Ids ids)
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public Task InvokeAsync(HttpContext http)
    {
        var asked = http.Request.Headers[ApiHeaders.RequestId].ToString();
        http.TraceIdentifier = IsWellFormed(asked) ? asked : ids.NewRequest();
        http.Response.Headers[ApiHeaders.RequestId] = http.TraceIdentifier;
        return next(http);
    }

    /// <summary>The id the caller's own software gave the request, where it is well formed.</summary>
    public static string? ClientIdOf(HttpRequest request) => request.Headers[ApiHeaders.ClientRequestId].ToString() is var id && IsWellFormed(id) ? id : null;

    private static bool IsWellFormed(string id) => id.Length is > 0 and <= MaxLength && !id.AsSpan().ContainsAnyExcept(Allowed);
}
