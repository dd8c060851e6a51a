using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Waits for a job to become final: wakes on live hints, trusts only the store, and looks by itself when hints stay away.</summary>
public sealed class JobWaiter(IJobStore store, IJobFeed feed, TimeProvider time)
{
    /// <summary>How long a wait goes without reading the store. 2 s.</summary>
    public static readonly TimeSpan RereadInterval = TimeSpan.FromSeconds(2);

    /// <summary>The job once it is final, or as it stands at <paramref name="until"/>; <c>null</c> if there is no such job.</summary>
    public async Task<JobState?> WaitAsync(string job, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(job);
        while (true)
        {
            var state = await store.LoadAsync(job, cancellationToken);
            var left = until - time.GetUtcNow();
            if (state is null || state.IsFinal || left <= TimeSpan.Zero)
            {
                return state;
            }

            await subscription.WaitAsync(left < RereadInterval ? left : RereadInterval, time, cancellationToken);
        }
    }
}
