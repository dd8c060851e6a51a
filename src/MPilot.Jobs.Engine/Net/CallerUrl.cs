namespace MPilot.Jobs.Engine.Net;

/// <summary>Which URLs of callers may be called at all. Where their hosts are is checked when they are connected to.</summary>
internal static class CallerUrl
{
    /// <summary>Reads a URL.</summary>
    /// <returns>Why it may not be called, as a phrase that goes on <c>the URL …</c>; nothing of the URL is in it. Else <c>null</c>.</returns>
    public static string? Refusal(string text, CallerUrlRules rules, out Uri? url)
    {
        url = null;
        if (text.Length > rules.MaxLength || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.IdnHost.Length == 0)
        {
            return $"must be a valid one of at most {rules.MaxLength} characters";
        }

        var refusal = Scheme(uri, rules) ?? UserInfo(uri) ?? Port(uri, rules);
        url = refusal is null ? uri : null;
        return refusal;
    }

    private static string? Scheme(Uri uri, CallerUrlRules rules) => uri.Scheme switch
    {
        "https" => null,
        "http" when rules.AllowsHttp => null,
        _ => "must begin with https://",
    };

    private static string? UserInfo(Uri uri) => uri.UserInfo.Length > 0 ? "must hold no user and no password" : null;

    private static string? Port(Uri uri, CallerUrlRules rules)
        => uri.IsDefaultPort || rules.Ports?.Contains(uri.Port) != false ? null : "must use the port 443";
}
