namespace MPilot.Jobs.Engine.Configuration;

/// <summary>Export to an OpenTelemetry collector.</summary>
public sealed class OtlpOptions
{
    /// <summary>
    /// The collector. With one, spans and metrics are kept in memory and sent every few seconds; without, neither is made and it costs nothing.
    /// Default: OTEL_EXPORTER_OTLP_ENDPOINT, else none.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary><c>http/protobuf</c> or <c>grpc</c>; must be what the collector listens for at that port. Default: OTEL_EXPORTER_OTLP_PROTOCOL, else <c>http/protobuf</c>.</summary>
    public string? Protocol { get; set; }

    /// <summary>Headers sent along, such as a collector's API key (<c>env:NAME</c> reads it from the environment). Default: OTEL_EXPORTER_OTLP_HEADERS, else none.</summary>
    public Dictionary<string, string> Headers { get; set; } = new(StringComparer.Ordinal);
}
