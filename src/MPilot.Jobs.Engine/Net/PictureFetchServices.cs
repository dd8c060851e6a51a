using System.Net;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Composition of the guarded HTTP for pictures of callers.</summary>
public static class PictureFetchServices
{
    /// <summary>Registers <see cref="PictureFetcher"/>. Expects <see cref="MPilotOptions"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddPictureFetcher(this IServiceCollection services)
    {
        services.TryAddSingleton<IHostAddresses, SystemHostAddresses>();
        services.AddClient(Uri.UriSchemeHttps);
        services.AddClient(Uri.UriSchemeHttp);
        services.TryAddSingleton<PictureFetcher>();
        return services;
    }

    /// <summary>Whether a picture may be fetched from an address. Without TLS only an operator's own network is trusted.</summary>
    internal static bool Allows(string scheme, IPAddress address, HttpOptions options)
        => (scheme == Uri.UriSchemeHttps && AddressGuard.IsPublic(address)) || (options.FetchPrivateHosts && AddressGuard.IsPrivate(address));

    private static void AddClient(this IServiceCollection services, string scheme)
        => services.AddHttpClient(PictureFetcher.ClientFor(scheme), client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(s => Handler(scheme, s.GetRequiredService<MPilotOptions>().Http, s.GetRequiredService<IHostAddresses>()));

    /// <remarks>
    /// No proxy: it would resolve names itself, and the address could not be checked. No connection is used twice: each fetch resolves and checks
    /// anew. A refused answer is not read on.
    /// </remarks>
    private static SocketsHttpHandler Handler(string scheme, HttpOptions options, IHostAddresses addresses) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseDrainSize = 0,
        ConnectCallback = new GuardedConnect((_, address) => Allows(scheme, address, options), addresses).ConnectAsync,
    };
}
