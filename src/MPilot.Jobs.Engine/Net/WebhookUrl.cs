using System.Net;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Which URLs webhooks may be brought to. Where a named host is is checked when it is connected to.</summary>
public static class WebhookUrl
{
    /// <summary>Characters of a URL.</summary>
    public const int MaxLength = 2 << 10;

    /// <summary>Reads a URL.</summary>
    /// <param name="text">Of the caller.</param>
    /// <param name="options">What the operator allows.</param>
    /// <param name="url">The URL, if it may be called.</param>
    /// <returns>Why it may not be called, as a phrase that goes on <c>the URL …</c>; nothing of the URL is in it. Else <c>null</c>.</returns>
    public static string? Refusal(string text, WebhooksOptions options, out Uri? url)
    {
        var refusal = CallerUrl.Refusal(text, new(MaxLength, options.AllowPrivateHosts, Ports: null), out url) ?? Host(url!, options);
        url = refusal is null ? url : null;
        return refusal;
    }

    /// <summary>An address in place of a name is known at once.</summary>
    private static string? Host(Uri url, WebhooksOptions options)
        => IPAddress.TryParse(url.IdnHost, out var address) && !GuardedClients.Allows(url.Scheme, address, options.AllowPrivateHosts)
            ? "must name a host of the public internet"
            : null;
}
