using System.Collections.Immutable;

using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Domain.Webhooks;
using MPilot.Jobs.Engine.Webhooks;

namespace MPilot.Jobs.Engine.Buckets;

/// <summary>
/// Which pictures are brought where. Applied by every store inside the transaction that makes it true. All go once the job is final: only then is it
/// certain how long they are kept, and the URLs leave the store soonest.
/// </summary>
public static class BucketPlan
{
    /// <summary>A put for every slot of a job that is accepted.</summary>
    public static IEnumerable<BucketPut> Of(JobState job, ImmutableArray<string> urls)
        => urls.Select((url, slot) => new BucketPut
        {
            Tenant = job.Tenant, Job = job.Id, Slot = slot, Target = ReceiverTarget.Of(job.Tenant, url), Url = url,
        });

    /// <summary>Whether a transition lets the pictures of its job go.</summary>
    public static bool Concerns(JobState job, IEnumerable<JobEvent> events) => job.Buckets is not null && events.Any(e => e is JobEvent.Finalized);

    /// <summary>The slots whose pictures go. The others have none: their puts are dropped.</summary>
    public static IEnumerable<int> Going(JobState job) => job.Slots.Where(s => s.Picture is not null).Select(s => s.Index);

    /// <summary>The event that tells of the puts of a job, or <c>null</c> while one is under way.</summary>
    public static string? EventOf(IReadOnlyCollection<BucketPut> puts)
        => puts.Any(p => p.Status is BucketPutStatus.Waiting or BucketPutStatus.Pending) ? null
            : puts.All(p => p.Status == BucketPutStatus.Delivered) ? WebhookEvents.OutputDelivered
            : WebhookEvents.OutputFailed;
}
