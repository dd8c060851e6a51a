using System.Globalization;

using Microsoft.AspNetCore.Http;

namespace MPilot.Jobs.Api.Requests;

/// <summary>Reads <c>x-stainless-retry-count</c>, which OpenAI's clients send with every request: how often it was sent before.</summary>
internal static class RetryHeader
{
    /// <summary>The count, or <c>null</c> from a client that does not say, so that nobody knows whether it asks again by itself.</summary>
    public static int? Read(HttpRequest request)
        => int.TryParse(request.Headers[ApiHeaders.RetryCount].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
