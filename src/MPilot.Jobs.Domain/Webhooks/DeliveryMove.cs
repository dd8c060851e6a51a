namespace MPilot.Jobs.Domain.Webhooks;

/// <summary>What becomes of a delivery after a try.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="DueAt">When it is tried again, while pending.</param>
/// <param name="DisablesEndpoint">Whether the endpoint wants nothing any more.</param>
public sealed record DeliveryMove(DeliveryStatus Status, DateTimeOffset? DueAt = null, bool DisablesEndpoint = false);
