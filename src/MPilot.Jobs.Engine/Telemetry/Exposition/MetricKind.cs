namespace MPilot.Jobs.Engine.Telemetry.Exposition;

/// <summary>What a family is to those who read it.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
