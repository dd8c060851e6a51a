namespace MPilot.Jobs.Engine.Net;

/// <summary>The one way to call providers: clients that reach the hosts of their provider and no others.</summary>
public interface IProviderHttp
{
    /// <summary>
    /// The client of a provider. It follows no redirect, takes no proxy, has no timeout of its own, and throws
    /// <see cref="HostRefusedException"/> for hosts that are not allowed. May be kept; need not be disposed.
    /// </summary>
    /// <param name="provider">The configured name. The first call for a name decides its hosts.</param>
    /// <param name="hosts">Where its calls may go.</param>
    HttpClient ClientFor(string provider, AllowedHosts hosts);
}
