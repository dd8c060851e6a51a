using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>Which of a tenant's deliveries are wanted, newest first. What is <c>null</c> does not count.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Limit">At most so many.</param>
public sealed record DeliveryQuery(string Tenant, int Limit)
{
    public string? Endpoint { get; init; }

    public string? Job { get; init; }

    public DeliveryStatus? Status { get; init; }

    /// <summary>Only deliveries older than the one of this id.</summary>
    public string? After { get; init; }
}
