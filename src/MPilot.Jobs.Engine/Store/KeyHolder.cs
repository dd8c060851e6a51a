namespace MPilot.Jobs.Engine.Store;

/// <summary>The job that holds an idempotency key.</summary>
public sealed record KeyHolder(string Job, string Fingerprint);
