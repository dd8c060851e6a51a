using System.Collections.Immutable;

namespace MPilot.Jobs.Engine.Store;

/// <summary>Events of a tenant, in order.</summary>
/// <param name="Events">Those that can be read.</param>
/// <param name="IsHeldBack">Whether there are more that were committed already, but cannot be read before another writer has ended: one may come in before them. Nobody hints at that end.</param>
public sealed record TenantEventPage(ImmutableArray<TenantEvent> Events, bool IsHeldBack);
