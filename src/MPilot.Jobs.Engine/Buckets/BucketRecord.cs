using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Engine.Buckets;

/// <summary>How a claimed put fared.</summary>
/// <param name="Put">As it was claimed.</param>
/// <param name="Node">Who claimed it.</param>
/// <param name="Epoch">Under which epoch.</param>
/// <param name="Try">What was tried.</param>
/// <param name="Move">What becomes of it.</param>
public sealed record BucketRecord(BucketPut Put, string Node, long Epoch, DeliveryTry Try, BucketMove Move);
