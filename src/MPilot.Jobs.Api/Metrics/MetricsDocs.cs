using MPilot.Jobs.Api.Documentation;
using MPilot.Jobs.Api.Errors;

namespace MPilot.Jobs.Api.Metrics;

/// <summary>Describes the metrics.</summary>
internal static class MetricsDocs
{
    public static readonly CallDoc Read = new("readMetrics", "Health", "Read the metrics")
    {
        Description = "In Prometheus' text format 0.0.4. For this machine only, unless `Http:RemoteMetrics` is on; no key is asked for.",
        Answers =
        [
            new(200, "All there are, in order of their names.") { ContentType = "text/plain" },
            .. ErrorDocs.Of(ErrorCatalog.MetricsNotAllowed()),
        ],
    };
}
