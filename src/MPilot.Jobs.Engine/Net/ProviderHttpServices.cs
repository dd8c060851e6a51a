using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace MPilot.Jobs.Engine.Net;

/// <summary>Composition of the guarded HTTP for providers.</summary>
public static class ProviderHttpServices
{
    /// <summary>Registers <see cref="IProviderHttp"/>. The factory's own logging goes: it writes addresses of providers.</summary>
    public static IServiceCollection AddProviderHttp(this IServiceCollection services)
    {
        services.AddHttpClient();
        services.ConfigureHttpClientDefaults(client => client.RemoveAllLoggers());
        services.TryAddSingleton<IHostAddresses, SystemHostAddresses>();
        services.TryAddSingleton<ProviderHttp>();
        services.TryAddSingleton<IProviderHttp>(s => s.GetRequiredService<ProviderHttp>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<HttpClientFactoryOptions>, ProviderHttp>(s => s.GetRequiredService<ProviderHttp>()));
        return services;
    }
}
