using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

using MPilot.Jobs.Engine.Drivers;
using MPilot.Jobs.Engine.Net;
using MPilot.Jobs.Providers.Local;
using MPilot.Jobs.Providers.OpenAi;
using MPilot.Jobs.Providers.Replicate;

namespace MPilot.Jobs.Providers;

/// <summary>Composition of the drivers.</summary>
public static class ProvidersServices
{
    /// <summary>Registers every kind of driver. Needs a <see cref="TimeProvider"/> and an <see cref="Engine.Imaging.IPictureEditor"/>.</summary>
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddProviderHttp();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDriverKind, OpenAiDriverKind>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDriverKind, ReplicateDriverKind>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDriverKind, LocalDriverKind>());
        return services;
    }
}
