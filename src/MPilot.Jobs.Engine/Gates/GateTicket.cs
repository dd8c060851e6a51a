namespace MPilot.Jobs.Engine.Gates;

/// <summary>A wish to make one call to a provider.</summary>
public sealed record GateTicket(string Provider, string Tenant, string Job, int Attempt);
