using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Store;

/// <summary>One undelivered event.</summary>
/// <param name="Id">Rises with every commit.</param>
public sealed record OutboxRow(long Id, string Tenant, string Job, JobEvent Event);
