namespace MPilot.Jobs.Engine.Attempts;

/// <summary>A call that outlived its node.</summary>
/// <param name="ProviderJobId">The provider's id of its job.</param>
/// <param name="Epoch">The epoch of its node, which has expired.</param>
/// <param name="SentAt">When it was sent.</param>
public sealed record OrphanedCall(string ProviderJobId, long Epoch, DateTimeOffset SentAt);
