namespace MPilot.Jobs.Engine.Telemetry;

/// <summary>Gates that can be looked at. Asked whenever somebody reads the metrics; must not wait.</summary>
public interface IGateReadings
{
    /// <summary>One reading a gate.</summary>
    IEnumerable<GateReading> Read();
}
