using System.Collections.Immutable;

namespace MPilot.Jobs.Api.Security;

/// <summary>A key callers identify themselves with. Its secret is known by its hash only.</summary>
/// <param name="Caller">Who brings it.</param>
/// <param name="Hash">SHA-256 of the secret in UTF-8.</param>
/// <param name="ExpiresAt">When it stops working.</param>
/// <param name="IsBlocked">Whether it is refused for now.</param>
internal sealed record VirtualKey(Caller Caller, ImmutableArray<byte> Hash, DateTimeOffset? ExpiresAt, bool IsBlocked);
