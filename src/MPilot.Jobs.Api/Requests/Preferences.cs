using System.Globalization;

using Microsoft.AspNetCore.Http;

namespace MPilot.Jobs.Api.Requests;

/// <summary>What the <c>Prefer</c> header (RFC 7240) asks of an edit.</summary>
/// <param name="IsAsync">Answer 202 as soon as the job is accepted, or once <paramref name="Wait"/> is over.</param>
/// <param name="Wait">How long to wait for the job to become final.</param>
internal sealed record Preferences(bool IsAsync, TimeSpan? Wait)
{
    private const int MaxWaitSeconds = 24 * 60 * 60;

    /// <summary>The <c>Preference-Applied</c> header, or <c>null</c> where nothing was asked.</summary>
    public string? Applied => Wait is { } wait
        ? string.Create(CultureInfo.InvariantCulture, $"{(IsAsync ? "respond-async, " : "")}wait={wait.TotalSeconds}")
        : IsAsync ? "respond-async" : null;

    /// <summary>Whether the caller takes a 202.</summary>
    public bool TakesPending => IsAsync || Wait is not null;

    /// <summary>Reads the header. Preferences that are unknown or malformed are ignored, as the RFC asks; of two alike the first counts.</summary>
    public static Preferences Of(HttpRequest request)
    {
        var isAsync = false;
        TimeSpan? wait = null;
        foreach (var preference in request.Headers[ApiHeaders.Prefer].SelectMany(line => QuotedText.Split(line ?? "", ',')))
        {
            var token = QuotedText.Split(preference, ';')[0];
            var equals = token.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? token : token[..equals]).Trim();
            var value = equals < 0 ? "" : token[(equals + 1)..].Trim().Trim('"');
            isAsync |= name.Equals("respond-async", StringComparison.OrdinalIgnoreCase) && value.Length == 0;
            if (name.Equals("wait", StringComparison.OrdinalIgnoreCase) && Seconds(value) is { } seconds)
            {
                wait ??= TimeSpan.FromSeconds(seconds);
            }
        }

        return new(isAsync, wait);
    }

    private static int? Seconds(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, MaxWaitSeconds) : null;
}
