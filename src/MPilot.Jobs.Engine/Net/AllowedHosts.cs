namespace MPilot.Jobs.Engine.Net;

/// <summary>Where the calls for one provider may go.</summary>
public sealed class AllowedHosts
{
    private readonly Uri _baseUrl;
    private readonly string[] _downloadHosts;

    /// <param name="baseUrl">The API as configured. Its host and port may have any address: the operator chose them.</param>
    /// <param name="downloadHosts">Hosts, or <c>*.suffix</c> for all below one; over https and at public addresses only.</param>
    public AllowedHosts(Uri baseUrl, IEnumerable<string> downloadHosts)
    {
        _baseUrl = baseUrl;
        _downloadHosts = [.. downloadHosts];
    }

    /// <summary>Whether a request may be made at all.</summary>
    public bool Allows(Uri uri)
        => IsOperators(uri.IdnHost, uri.Port)
            ? uri.Scheme == _baseUrl.Scheme
            : uri.Scheme == Uri.UriSchemeHttps && _downloadHosts.Any(pattern => Matches(pattern, uri.IdnHost));

    /// <summary>Whether this is the very server the operator configured, so that its address may be a private one.</summary>
    public bool IsOperators(string host, int port)
        => port == _baseUrl.Port && host.Equals(_baseUrl.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool Matches(string pattern, string host)
        => pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
