using System.Runtime.CompilerServices;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Follows a job's events as they are stored, from any of them to the last: wakes on live hints, trusts only the store.</summary>
public sealed class JobEventReader(IJobStore store, IJobFeed feed, TimeProvider time)
{
    private const int PageSize = 64;

    /// <summary>
    /// The events after a sequence number, ending with the final one. <c>null</c> in between means that nothing came for <paramref name="pulse"/>.
    /// A store that cannot be read for a moment shows as such a silence.
    /// </summary>
    public async IAsyncEnumerable<JobEvent?> FollowAsync(
        string job, long after, TimeSpan pulse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(job);
        while (true)
        {
            var page = await ReadAsync(job, after, cancellationToken);
            foreach (var item in page)
            {
                after = item.Sequence;
                yield return item;
                if (item is JobEvent.Finalized)
                {
                    yield break;
                }
            }

            if (page.Count > 0 || await subscription.WaitAsync(pulse, time, cancellationToken))
            {
                continue;
            }

            if (await HasEndedAsync(job, after, cancellationToken))
            {
                yield break;
            }

            yield return null;
        }
    }

    private async Task<IReadOnlyList<JobEvent>> ReadAsync(string job, long after, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadEventsAsync(job, after, PageSize, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return [];
        }
    }

    /// <summary>Whether there is nothing left to wait for: the job or its older events may have been pruned.</summary>
    private async Task<bool> HasEndedAsync(string job, long after, CancellationToken cancellationToken)
    {
        try
        {
            return await store.LoadAsync(job, cancellationToken) is not { } state || (state.IsFinal && state.LastEvent <= after);
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
