using System.Collections.Concurrent;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

using MPilot.Jobs.Engine.Telemetry;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Clients from the framework's factory, one handler a provider for the life of the process.</summary>
internal sealed class ProviderHttp(IServiceProvider services, IHostAddresses addresses) : IProviderHttp, IConfigureNamedOptions<HttpClientFactoryOptions>
{
    private const string Prefix = "provider:";

    private readonly ConcurrentDictionary<string, AllowedHosts> _hosts = new(StringComparer.Ordinal);

    public HttpClient ClientFor(string provider, AllowedHosts hosts)
    {
        _hosts.TryAdd(Prefix + provider, hosts);
        return services.GetRequiredService<IHttpClientFactory>().CreateClient(Prefix + provider);
    }

    public void Configure(string? name, HttpClientFactoryOptions options)
    {
        if (name is null || !_hosts.TryGetValue(name, out var hosts))
        {
            return;
        }

        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
        options.HttpClientActions.Add(client => client.Timeout = Timeout.InfiniteTimeSpan);
        options.HttpMessageHandlerBuilderActions.Add(builder =>
        {
            builder.PrimaryHandler = Handler(hosts);
            builder.AdditionalHandlers.Add(new AllowedHostsHandler(hosts));
            if (services.GetService<JobsInstruments>() is { } instruments)
            {
                builder.AdditionalHandlers.Add(new AnswerCountHandler(name[Prefix.Length..], instruments));
            }
        });
    }

    public void Configure(HttpClientFactoryOptions options) => Configure(Options.DefaultName, options);

    /// <remarks>
    /// No proxy: it would resolve names itself, and the address could not be checked. No decompression: pictures do not shrink, their base64
    /// by a quarter for many times the cost of scanning it; servers compress only for those who ask. Connections are renewed after five
    /// minutes so that a moved host is found again.
    /// </remarks>
    private SocketsHttpHandler Handler(AllowedHosts hosts) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,

        // What callers and their proxies say about their traces and customers is not for providers.
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        ConnectCallback = new GuardedConnect(
            (target, address) => hosts.IsOperators(target.Host, target.Port) || AddressGuard.IsPublic(address), addresses).ConnectAsync,
    };
}
