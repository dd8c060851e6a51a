using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Store;

/// <summary>One event of one of a tenant's jobs.</summary>
/// <param name="Position">Where it stands among all events; rises from one to the next, with gaps.</param>
/// <param name="Job">Whose it is.</param>
/// <param name="Event">Not about a picture.</param>
public sealed record TenantEvent(long Position, string Job, JobEvent Event);
