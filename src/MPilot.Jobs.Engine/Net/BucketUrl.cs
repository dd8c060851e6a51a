using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Which URLs pictures may be brought to. Where a named host is is checked when it is connected to.</summary>
public static class BucketUrl
{
    /// <summary>Characters of a URL: signatures are long.</summary>
    public const int MaxLength = 8 << 10;

    /// <summary>Reads a URL.</summary>
    /// <param name="text">Of the caller.</param>
    /// <param name="options">What the operator allows.</param>
    /// <param name="url">The URL, if it may be called.</param>
    /// <returns>Why it may not be called, as a phrase that goes on <c>the URL …</c>; nothing of the URL is in it. Else <c>null</c>.</returns>
    public static string? Refusal(string text, BucketsOptions options, out Uri? url)
        => ReceiverUrl.Refusal(text, MaxLength, options.AllowPrivateHosts, out url);
}
