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
        services.AddHttpClient(PictureFetcher.Client, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(s => Handler(s.GetRequiredService<MPilotOptions>().Http, s.GetRequiredService<IHostAddresses>()));
        services.TryAddSingleton<PictureFetcher>();
        return services;
    }

    /// <remarks>
    /// No proxy: it would resolve names itself, and the address could not be checked. No connection is used twice: each fetch resolves and checks
    /// anew. A refused answer is not read on.
    /// </remarks>
    private static SocketsHttpHandler Handler(HttpOptions options, IHostAddresses addresses) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseDrainSize = 0,
        ConnectCallback = new GuardedConnect(
            (_, address) => AddressGuard.IsPublic(address) || (options.FetchPrivateHosts && AddressGuard.IsPrivate(address)), addresses).ConnectAsync,
    };
}
