using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Buckets;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>Writes what receivers read.</summary>
public interface IWebhookBodies
{
    /// <summary>JSON in UTF-8 of less than 20 kB: the job as it stands, with links and without its prompt.</summary>
    /// <param name="delivery">What is told.</param>
    /// <param name="job">The job it tells of.</param>
    /// <param name="puts">How its pictures fare on their way to buckets.</param>
    /// <param name="about">The delivery it tells of.</param>
    byte[] Write(Delivery delivery, JobState? job, IReadOnlyList<BucketPut> puts, Delivery? about);
}
