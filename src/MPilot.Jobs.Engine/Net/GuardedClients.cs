using System.Net;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Composition of HTTP clients for URLs of callers.</summary>
internal static class GuardedClients
{
    /// <summary>Adds one client for each scheme. Expects <see cref="MPilotOptions"/>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="purpose">What they are for.</param>
    /// <param name="allowsPrivate">Whether the operator's own network may be reached.</param>
    public static void AddGuardedClients(this IServiceCollection services, string purpose, Func<MPilotOptions, bool> allowsPrivate)
    {
        services.TryAddSingleton<IHostAddresses, SystemHostAddresses>();
        foreach (var scheme in (string[])[Uri.UriSchemeHttps, Uri.UriSchemeHttp])
        {
            services.AddHttpClient(NameOf(purpose, scheme), client => client.Timeout = Timeout.InfiniteTimeSpan)
                .RemoveAllLoggers()
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .ConfigurePrimaryHttpMessageHandler(s => Handler(scheme, allowsPrivate(s.GetRequiredService<MPilotOptions>()), s.GetRequiredService<IHostAddresses>()));
        }
    }

    public static string NameOf(string purpose, string scheme) => $"{purpose}:{scheme}";

    /// <summary>Whether an address may be connected to. Without TLS only an operator's own network is trusted.</summary>
    public static bool Allows(string scheme, IPAddress address, bool allowsPrivate)
        => (scheme == Uri.UriSchemeHttps && AddressGuard.IsPublic(address)) || (allowsPrivate && AddressGuard.IsPrivate(address));

    /// <remarks>
    /// No proxy: it would resolve names itself, and the address could not be checked. No connection is used twice: each call resolves and checks
    /// anew. A refused answer is not read on.
    /// </remarks>
    private static SocketsHttpHandler Handler(string scheme, bool allowsPrivate, IHostAddresses addresses) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseDrainSize = 0,
        ConnectCallback = new GuardedConnect((_, address) => Allows(scheme, address, allowsPrivate), addresses).ConnectAsync,
    };
}
