using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>
/// Waits for an accepted job. A store that cannot be read for a moment is asked again: answering "overloaded" for a job that exists
/// would make its caller buy it twice.
/// </summary>
internal sealed class PatientWaiter(JobWaiter waiter, TimeProvider time)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    /// <summary>The job once final, or as it stands at <paramref name="until"/>; <c>null</c> if there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store was still away at <paramref name="until"/>.</exception>
    public async Task<JobState?> WaitAsync(string job, DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await waiter.WaitAsync(job, until, cancellationToken);
            }
            catch (StoreUnavailableException) when (time.GetUtcNow() < until)
            {
                await Task.Delay(RetryInterval, time, cancellationToken);
            }
        }
    }
}
