using MPilot.Jobs.Engine.Store;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Engine.Buckets;

/// <summary>
/// Pictures on their way to buckets of callers. They are inserted with their job, become due with its end and are deleted with it, all by
/// <see cref="IJobStore"/>, as <see cref="BucketPlan"/> says.
/// </summary>
public interface IBucketPuts : IDueDeliveries<BucketPut>
{
    /// <summary>The puts of a job, by slot.</summary>
    Task<IReadOnlyList<BucketPut>> ListAsync(string job, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a try and what becomes of its put, which nobody claims any more; one that ended loses its URL. The end of a job's last one is told to
    /// those who want to know.
    /// </summary>
    /// <returns>False: the claim was lost; nothing was written.</returns>
    Task<bool> RecordAsync(BucketRecord record, CancellationToken cancellationToken);
}
