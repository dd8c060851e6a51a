namespace MPilot.Jobs.Engine.Configuration;

/// <summary>What is told about the service to others: traces and metrics.</summary>
public sealed class TelemetryOptions
{
    /// <summary>What the service calls itself. Default: OTEL_SERVICE_NAME, else <c>mpilot-jobs</c>.</summary>
    public string? ServiceName { get; set; }

    /// <summary>What else is said of it, such as <c>deployment.environment.name</c>. Default: OTEL_RESOURCE_ATTRIBUTES, else none.</summary>
    public Dictionary<string, string> ResourceAttributes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Where traces and metrics go.</summary>
    public OtlpOptions Otlp { get; set; } = new();
}
