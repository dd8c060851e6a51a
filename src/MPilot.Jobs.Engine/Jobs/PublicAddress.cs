using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>What links start with: the configured address, or the first one listened on. Never the request's <c>Host</c>. Not to be asked before the server listens.</summary>
public sealed class PublicAddress(MPilotOptions options, IServer? server = null)
{
    private readonly Lazy<string> _root = new(() => Root(options, server));

    /// <summary>An absolute link to a path of this service, which starts with a slash.</summary>
    public Uri Of(string path) => new(_root.Value + path);

    private static string Root(MPilotOptions options, IServer? server = null)
    {
        var address = options.Http.PublicBaseUrl?.AbsoluteUri
            ?? server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? options.Http.Listen;
        return address.TrimEnd('/')
            .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//[::]:", "//[::1]:", StringComparison.Ordinal)
            .Replace("//*:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//+:", "//127.0.0.1:", StringComparison.Ordinal);
    }
}
