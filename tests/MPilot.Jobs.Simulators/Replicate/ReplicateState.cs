namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>A prediction at one moment.</summary>
internal sealed record ReplicateState(string Status, DateTimeOffset Created, DateTimeOffset? Started = null, DateTimeOffset? Completed = null, string? Error = null);
