namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>A tenant's deliveries that were given up.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Endpoint">To one endpoint; <c>null</c>: to all receivers.</param>
/// <param name="Since">Given up then or later.</param>
public sealed record FailedDeliveries(string Tenant, string? Endpoint, DateTimeOffset Since);
