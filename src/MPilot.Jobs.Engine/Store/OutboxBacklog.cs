namespace MPilot.Jobs.Engine.Store;

/// <summary>What waits to be delivered.</summary>
/// <param name="Depth">How many events.</param>
/// <param name="OldestAt">When the first of them became true; <c>null</c> where none waits.</param>
public sealed record OutboxBacklog(long Depth, DateTimeOffset? OldestAt);
