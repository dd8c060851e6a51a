using System.Net;

using Microsoft.AspNetCore.Http;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Engine.Configuration;
using MPilot.Jobs.Engine.Telemetry.Exposition;

namespace MPilot.Jobs.Api.Metrics;

/// <summary>Answers those who read the metrics. No key is asked for: who is on this machine may, others only where that is configured.</summary>
internal sealed class MetricsReading(MetricCollector collector, MPilotOptions options)
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>A proxy on this machine calls from it too, for whoever called the proxy.</summary>
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "Via"];

    public IResult Handle(HttpContext http)
    {
        if (!options.Http.RemoteMetrics && !IsFromHere(http))
        {
            return new ErrorResult(ErrorCatalog.MetricsNotAllowed());
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.Text(collector.Read(), ContentType);
    }

    private static bool IsFromHere(HttpContext http)
        => http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !ProxyHeaders.Any(http.Request.Headers.ContainsKey);
}
