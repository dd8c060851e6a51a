using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Nodes;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Waits for a job to become final: wakes on live hints, trusts only the store, and now and then looks by itself should a hint have got lost.</summary>
public sealed class JobWaiter(IJobStore store, IJobFeed feed, RereadPace pace, Draining draining, TimeProvider time)
{
    /// <summary>The job once it is final, or as it stands at <paramref name="until"/> or when the process ends; <c>null</c> if there is no such job.</summary>
    public async Task<JobState?> WaitAsync(string job, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Listening before looking: what comes in between leaves a hint.
        using var subscription = feed.Subscribe(job);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, draining.Over);
        while (true)
        {
            var state = await store.LoadAsync(job, cancellationToken);
            var left = until - time.GetUtcNow();
            if (state is null || state.IsFinal || left <= TimeSpan.Zero || draining.Over.IsCancellationRequested)
            {
                return state;
            }

            try
            {
                var pause = pace.Interval;
                await subscription.WaitAsync(left < pause ? left : pause, time, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The process ends: a last look.
            }
        }
    }
}
