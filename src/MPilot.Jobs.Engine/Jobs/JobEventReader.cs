using System.Runtime.CompilerServices;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Follows a job's events as they are stored, from any of them to the last: wakes on live hints, trusts only the store.</summary>
public sealed class JobEventReader(IJobStore store, IJobFeed feed, RereadPace pace, TimeProvider time)
{
    /// <summary>How soon a store that could not be read is asked again. 2 s.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private const int PageSize = 64;

    /// <summary>
    /// The events after a sequence number, ending with the final one. In between comes a <c>null</c> every <paramref name="pulse"/>, whatever else comes:
    /// what the caller makes of events may be silence. A store that cannot be read for a moment shows as nothing but pulses.
    /// </summary>
    public async IAsyncEnumerable<JobEvent?> FollowAsync(
        string job, long after, TimeSpan pulse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Listening before looking: what comes in between leaves a hint.
        using var subscription = feed.Subscribe(job);
        var lookout = new Lookout(subscription, pulse, time);
        var known = false;
        while (true)
        {
            // 1. What the store has. Whoever comes too late for the last event would wait for ever.
            var (page, hasEnded) = await ReadAsync(job, after, known, cancellationToken);
            if (hasEnded)
            {
                yield break;
            }

            foreach (var item in page ?? [])
            {
                after = item.Sequence;
                yield return item;
                if (item is JobEvent.Finalized)
                {
                    yield break;
                }
            }

            // 2. Wait for a hint, or until it is time to look without one. A full page is a hint.
            known = page is not null;
            lookout.Rest(TimeSpan.Zero, page switch { null => RetryInterval, { Count: PageSize } => TimeSpan.Zero, _ => pace.Interval });
            while (!await lookout.IsLookDueAsync(cancellationToken))
            {
                yield return null;
            }
        }
    }

    /// <summary>
    /// A page of events, or <c>null</c> if the store cannot be read now; and whether none will ever come. That changes only for a job
    /// not known to run: one that is followed is seen to end.
    /// </summary>
    private async Task<(IReadOnlyList<JobEvent>? Page, bool HasEnded)> ReadAsync(string job, long after, bool known, CancellationToken cancellationToken)
    {
        try
        {
            var page = await store.ReadEventsAsync(job, after, PageSize, cancellationToken);
            return (page, page.Count == 0 && !known && await HasEndedAsync(job, after, cancellationToken));
        }
        catch (StoreUnavailableException)
        {
            return (null, false);
        }
    }

    /// <summary>Whether there is nothing left to wait for: the job or its older events may have been pruned.</summary>
    private async Task<bool> HasEndedAsync(string job, long after, CancellationToken cancellationToken)
        => await store.LoadAsync(job, cancellationToken) is not { } state || (state.IsFinal && state.LastEvent <= after);
}
