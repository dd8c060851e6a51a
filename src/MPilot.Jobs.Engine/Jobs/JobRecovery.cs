using System.Runtime.CompilerServices;

using Microsoft.Extensions.Logging;

using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Store;

namespace MPilot.Jobs.Engine.Jobs;

/// <summary>Finds what nodes left that are gone: their calls in flight, and jobs that are not final.</summary>
internal sealed partial class JobRecovery(IJobs jobs, IJobStore store, TimeProvider time, IRandomness randomness, ILogger logger)
{
    private const int PageSize = 500;

    /// <summary>Tells jobs of calls that have outlived their nodes. Before anything else is started: those that are asked after hold their places at the gates.</summary>
    public async Task TellOrphansAsync(CancellationToken cancellationToken)
    {
        OrphanedAttempt? last = null;
        while (await store.ListOrphanedAsync(last, PageSize, cancellationToken) is { Count: > 0 } orphans)
        {
            foreach (var orphan in orphans)
            {
                var orphaned = new JobFact.AttemptOrphaned(time.GetUtcNow(), orphan.Attempt, orphan.Epoch, randomness.NextUnit());
                var answer = await jobs.TellUntilTakenAsync(orphan.Job, orphaned, time, cancellationToken);
                LogAttemptOrphaned(orphan.Job, orphan.Attempt, answer.Verdict);
            }

            last = orphans[^1];
        }
    }

    /// <summary>Pages of unfinished jobs in accept order, however long the store is away: nothing else would take these jobs up before their deadlines.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string>> ReadUnfinishedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        while (await ReadUnfinishedAsync(last, cancellationToken) is { Count: > 0 } page)
        {
            yield return page;
            last = page[^1];
        }
    }

    private async Task<IReadOnlyList<string>> ReadUnfinishedAsync(string? after, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await store.ListUnfinishedAsync(after, PageSize, cancellationToken);
            }
            catch (StoreUnavailableException failure)
            {
                LogStoreAway(failure);
                await Task.Delay(JobTelling.RetryInterval, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} of {Job} has outlived its node ({Verdict})")]
    private partial void LogAttemptOrphaned(string job, int attempt, Verdict verdict);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unfinished jobs could not be read and will be read again")]
    private partial void LogStoreAway(Exception failure);
}
