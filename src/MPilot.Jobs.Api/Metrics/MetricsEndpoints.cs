using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Engine.Configuration;

namespace MPilot.Jobs.Api.Metrics;

/// <summary>What happens, for Prometheus.</summary>
internal static class MetricsEndpoints
{
    public const string Path = "/metrics";

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<MPilotOptions>().Http.Metrics)
        {
            routes.MapGet(Path, routes.ServiceProvider.GetRequiredService<MetricsReading>().Handle).With(MetricsDocs.Read).AllowAnonymous();
        }
    }
}
