using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>How a claimed delivery fared.</summary>
/// <param name="Delivery">As it was claimed.</param>
/// <param name="Node">Who claimed it.</param>
/// <param name="Epoch">Under which epoch.</param>
/// <param name="Try">What was tried.</param>
/// <param name="Move">What becomes of it.</param>
public sealed record DeliveryRecord(Delivery Delivery, string Node, long Epoch, DeliveryTry Try, DeliveryMove Move);
