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
        => CallerUrl.Refusal(text, new(MaxLength, options.FetchPrivateHosts, options.FetchPorts), out link);
}
