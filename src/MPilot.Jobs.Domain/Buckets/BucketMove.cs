namespace MPilot.Jobs.Domain.Buckets;

/// <summary>What becomes of a picture on its way after a try.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="DueAt">When it is tried again, while pending.</param>
public sealed record BucketMove(BucketPutStatus Status, DateTimeOffset? DueAt = null);
