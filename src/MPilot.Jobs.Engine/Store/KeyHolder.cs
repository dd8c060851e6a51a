namespace MPilot.Jobs.Engine.Store;

/// <summary>The job that holds an idempotency key.</summary>
/// <param name="Job">Its id.</param>
/// <param name="Fingerprint">Of the request it was accepted from.</param>
/// <param name="MayRunAgain">It failed for a reason that may pass: the same request takes the key over.</param>
public sealed record KeyHolder(string Job, string Fingerprint, bool MayRunAgain = false);
