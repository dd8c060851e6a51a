namespace MPilot.Jobs.Engine.Store;

/// <summary>An attempt in flight whose node is gone.</summary>
public sealed record OrphanedAttempt(string Job, int Attempt);
