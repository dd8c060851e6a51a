using System.Collections.Immutable;

using MPilot.Jobs.Api.Errors;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Buckets;
using MPilot.Jobs.Engine.Jobs;

namespace MPilot.Jobs.Api.Jobs;

/// <summary>Draws the snapshot of a job.</summary>
internal sealed class JobPresenter(JobLinks links, IBucketPuts puts)
{
    /// <summary>How the pictures of a job fare on their way to buckets; empty where they go to none.</summary>
    public async Task<IReadOnlyList<BucketPut>> PutsOfAsync(JobState job, CancellationToken cancellationToken)
        => job is { Buckets: not null, Status: JobStatus.Succeeded } ? await puts.ListAsync(job.Id, cancellationToken) : [];

    /// <summary>The snapshot its owner sees, with fresh links.</summary>
    /// <param name="job">The job.</param>
    /// <param name="outputs">How its pictures fare on their way to buckets; empty where that is not told.</param>
    public JobBody Present(JobState job, IReadOnlyList<BucketPut> outputs)
    {
        var error = job.Failure is null ? null : FailureErrors.Of(job);
        return new()
        {
            Id = job.Id,
            Status = WireNames.Of(job.Status),
            CreatedAt = job.CreatedAt.ToUnixTimeSeconds(),
            CompletedAt = job.CompletedAt?.ToUnixTimeSeconds(),
            ExpiresAt = links.ExpiryOf(job)?.ToUnixTimeSeconds(),
            RequestId = job.RequestId,
            ClientRequestId = job.ClientRequestId,
            Model = ServingAttempts.Of(job).FirstOrDefault() is { } serving ? job.StepOf(serving).Model : job.ModelRequested,
            Prompt = job.Spec.Prompt,
            Metadata = job.Metadata.IsEmpty ? null : job.Metadata,
            CancelRequested = job.CancelRequested,
            Progress = new(job.Slots.Count(s => s.Picture is not null), job.Slots.Count(s => s.Failure is not null), job.Slots.Length),
            Attempts = AttemptBody.Trail(job),
            Warnings = WarningBody.Of(job),
            Cost = CostBody.Of(job.Cost),
            StatusCode = job.IsFinal ? error?.Status ?? 200 : null,
            ResultUrl = job.IsFinal ? links.Result(job.Id) : null,
            Pictures = PicturesOf(job, outputs),
            Error = error is null ? null : ErrorDetailBody.Of(error, eventId: null),
        };
    }

    private ImmutableArray<PictureLinkBody>? PicturesOf(JobState job, IReadOnlyList<BucketPut> outputs)
        => job.Status != JobStatus.Succeeded || links.IsExpired(job)
            ? null
            : [.. job.Slots.Select(s => s.Picture).OfType<DeliveredPicture>().Select(p => new PictureLinkBody(links.Picture(job, p), p.Slot)
            {
                Output = outputs.FirstOrDefault(o => o.Slot == p.Slot) is { } put ? OutputBody.Of(put) : null,
            })];
}
