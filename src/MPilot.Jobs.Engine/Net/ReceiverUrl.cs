using System.Net;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Which URLs of callers something may be sent to. Where a named host is is checked when it is connected to.</summary>
internal static class ReceiverUrl
{
    /// <summary>Reads a URL.</summary>
    /// <param name="text">Of the caller.</param>
    /// <param name="maxLength">In characters.</param>
    /// <param name="allowsPrivate">Whether it may lead into the operator's own network.</param>
    /// <param name="url">The URL, if it may be called.</param>
    /// <returns>Why it may not be called, as a phrase that goes on <c>the URL …</c>; nothing of the URL is in it. Else <c>null</c>.</returns>
    public static string? Refusal(string text, int maxLength, bool allowsPrivate, out Uri? url)
    {
        var refusal = CallerUrl.Refusal(text, new(maxLength, allowsPrivate, Ports: null), out url) ?? Host(url!, allowsPrivate);
        url = refusal is null ? url : null;
        return refusal;
    }

    /// <summary>An address in place of a name is known at once.</summary>
    private static string? Host(Uri url, bool allowsPrivate)
        => IPAddress.TryParse(url.IdnHost, out var address) && !GuardedClients.Allows(url.Scheme, address, allowsPrivate)
            ? "must name a host of the public internet"
            : null;
}
