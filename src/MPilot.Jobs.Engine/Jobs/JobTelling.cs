using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Tells facts that must not get lost while the store is away.</summary>
public static class JobTelling
{
    /// <summary>Wait between two tellings. 1 s.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Tells a fact again and again until the job has taken a stand on it.</summary>
    public static async Task<TellAnswer> TellUntilTakenAsync(
        this IJobs jobs, string job, JobFact fact, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await jobs.TellAsync(job, fact, cancellationToken);
            }
            catch (Exception failure) when (failure is StoreUnavailableException or VersionConflictException)
            {
                await Task.Delay(RetryInterval, time, cancellationToken);
            }
        }
    }
}
