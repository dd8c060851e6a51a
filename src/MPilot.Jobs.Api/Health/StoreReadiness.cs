using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Health;

/// <summary>Whether the job store can be read.</summary>
internal sealed class StoreReadiness(IJobStore store) : IReadinessCheck
{
    public async Task<IReadOnlyList<ReadinessFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.LoadAsync("job_none", cancellationToken);
            return [new("store")];
        }
        catch (StoreUnavailableException)
        {
            return [new("store", "The job store cannot be reached.", IsEssential: true)];
        }
    }
}
