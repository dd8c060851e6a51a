namespace MPilot.Jobs.Engine.Store;

/// <summary>
/// What happened to all jobs of a tenant, but not to their pictures, in one order that is the same for every reader and in which nothing ever comes in
/// before what was read: that of commits, and so of sequences within a job. Calls throw <see cref="StoreUnavailableException"/> as those of <see cref="IJobStore"/>.
/// </summary>
public interface ITenantEvents
{
    /// <summary>A position after everything that can be read by now, of all tenants, and before everything that will come.</summary>
    Task<long> FindEndAsync(CancellationToken cancellationToken);

    /// <summary>The events after a position, the oldest of those that are kept first. Costs what it returns, however many others there are.</summary>
    Task<TenantEventPage> ReadAsync(string tenant, long after, int limit, CancellationToken cancellationToken);
}
