namespace MPilot.Jobs.Engine.Store;

/// <summary>A caller's <c>Idempotency-Key</c>, unique per tenant while it lives.</summary>
/// <param name="Key">1..255 characters.</param>
/// <param name="Fingerprint">Lower-case SHA-256 over the canonical request: the same key with another fingerprint is refused.</param>
/// <param name="ExpiresAt">The key is free again from then on.</param>
public sealed record IdempotencyKey(string Key, string Fingerprint, DateTimeOffset ExpiresAt);
