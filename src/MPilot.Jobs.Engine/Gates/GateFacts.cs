namespace MPilot.Jobs.Engine.Gates;

/// <summary>A gate at a moment, for those who watch.</summary>
/// <param name="Provider">Whose.</param>
/// <param name="Queued">Tickets in line.</param>
/// <param name="InFlight">Leases held.</param>
/// <param name="OpenBreakers">Keys whose breaker is open or half-open.</param>
public sealed record GateFacts(string Provider, int Queued, int InFlight, int OpenBreakers);
