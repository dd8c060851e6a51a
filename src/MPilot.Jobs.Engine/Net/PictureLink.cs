using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Which picture URLs of callers may be asked for at all. Where their hosts are is checked when they are connected to.</summary>
public static class PictureLink
{
    /// <summary>Characters of a URL.</summary>
    public const int MaxLength = 8 << 10;

    /// <summary>Reads a URL.</summary>
    /// <param name="text">Of the caller.</param>
    /// <param name="options">What the operator allows.</param>
    /// <param name="link">The URL, if it may be asked for.</param>
    /// <returns>Why it may not be asked for, as a phrase that goes on <c>the URL …</c>; nothing of the URL is in it. Else <c>null</c>.</returns>
    public static string? Refusal(string text, HttpOptions options, out Uri? link)
    {
        link = null;
        if (text.Length > MaxLength || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.IdnHost.Length == 0)
        {
            return $"must be a valid one of at most {MaxLength} characters";
        }

        var refusal = Scheme(uri, options) ?? UserInfo(uri) ?? Port(uri, options);
        link = refusal is null ? uri : null;
        return refusal;
    }

    private static string? Scheme(Uri uri, HttpOptions options) => uri.Scheme switch
    {
        "https" => null,
        "http" when options.FetchPrivateHosts => null,
        _ => "must begin with https://",
    };

    private static string? UserInfo(Uri uri) => uri.UserInfo.Length > 0 ? "must hold no user and no password" : null;

    private static string? Port(Uri uri, HttpOptions options)
        => uri.IsDefaultPort || options.FetchPorts.Contains(uri.Port) ? null : "must use the port 443";
}
