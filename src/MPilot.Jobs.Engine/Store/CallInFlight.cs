namespace MPilot.Jobs.Engine.Store;

/// <summary>A call that was sent and may still be made.</summary>
/// <param name="Job">Its job.</param>
/// <param name="Attempt">The number of its attempt.</param>
public sealed record CallInFlight(string Job, int Attempt);
