namespace MPilot.Jobs.Engine.Store;

/// <summary>An attempt in flight whose node is gone.</summary>
/// <param name="Job">Its job.</param>
/// <param name="Attempt">Its number.</param>
/// <param name="Epoch">The epoch that has expired.</param>
public sealed record OrphanedAttempt(string Job, int Attempt, long Epoch);
