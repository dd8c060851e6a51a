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
        services.AddGuardedClients(PictureFetcher.Purpose, options => options.Http.FetchPrivateHosts);
        services.TryAddSingleton<PictureFetcher>();
        return services;
    }
}
