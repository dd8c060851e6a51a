namespace MPilot.Jobs.Engine.Telemetry;

/// <summary>How a provider's gate stands at the moment.</summary>
/// <param name="Provider">The configured name.</param>
/// <param name="Queued">Tickets that wait.</param>
/// <param name="Leases">Calls that were let go and have not ended.</param>
/// <param name="OpenBreakers">Keys whose breaker lets nothing through.</param>
public readonly record struct GateReading(string Provider, int Queued, int Leases, int OpenBreakers);
