namespace MPilot.Jobs.Domain.Attempts;

/// <summary>What a provider was sent and what it answered: bodies as JSON texts, without pictures, links, keys or headers. Only what the caller asked for.</summary>
/// <param name="Request">The request's fields.</param>
/// <param name="Response">The answer.</param>
public sealed record WireBodies(string? Request = null, string? Response = null);
