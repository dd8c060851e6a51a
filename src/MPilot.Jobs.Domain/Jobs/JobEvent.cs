using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>A fact about a job that others may see: stored with the job, in order, without gap.</summary>
/// <param name="Sequence">From 1 within the job.</param>
/// <param name="At">When it became true.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Accepted), "job.accepted")]
[JsonDerivedType(typeof(AttemptStarted), "job.attempt_started")]
[JsonDerivedType(typeof(AttemptFinished), "job.attempt_finished")]
[JsonDerivedType(typeof(PicturePreviewed), "image_edit.partial_image")]
[JsonDerivedType(typeof(PictureCompleted), "image_edit.completed")]
[JsonDerivedType(typeof(PictureFailed), "image_edit.failed")]
[JsonDerivedType(typeof(CancelRequested), "job.cancel_requested")]
[JsonDerivedType(typeof(Finalized), "job.finalized")]
public abstract record JobEvent(long Sequence, DateTimeOffset At)
{
    /// <summary>Whether it is about one of the job's pictures, not about the job itself.</summary>
    [JsonIgnore]
    public bool IsAboutPicture => this is PicturePreviewed or PictureCompleted or PictureFailed;

    /// <summary>The job exists, durably.</summary>
    public sealed record Accepted(long Sequence, DateTimeOffset At) : JobEvent(Sequence, At);

    /// <summary>A call to a provider is about to be made.</summary>
    public sealed record AttemptStarted(long Sequence, DateTimeOffset At, int Attempt, string Provider, string Model) : JobEvent(Sequence, At);

    /// <summary>A call to a provider ended.</summary>
    public sealed record AttemptFinished(
        long Sequence, DateTimeOffset At, int Attempt, string Provider, string Model, AttemptStatus Status, FailureKind? Failure, int? StatusCode)
        : JobEvent(Sequence, At);

    /// <summary>A preview of a slot's picture came.</summary>
    /// <param name="Index">Counts the slot's previews from 0, over all attempts.</param>
    public sealed record PicturePreviewed(long Sequence, DateTimeOffset At, int Attempt, DeliveredPicture Picture, int Index, FrameFacts Frame)
        : JobEvent(Sequence, At);

    /// <summary>A slot has its picture.</summary>
    public sealed record PictureCompleted(long Sequence, DateTimeOffset At, int Attempt, DeliveredPicture Picture, FrameFacts Frame)
        : JobEvent(Sequence, At);

    /// <summary>A slot will stay empty.</summary>
    public sealed record PictureFailed(long Sequence, DateTimeOffset At, int Slot, FailureKind Failure) : JobEvent(Sequence, At);

    /// <summary>Somebody asked to cancel.</summary>
    public sealed record CancelRequested(long Sequence, DateTimeOffset At) : JobEvent(Sequence, At);

    /// <summary>The job reached a terminal status. Always the last event.</summary>
    public sealed record Finalized(long Sequence, DateTimeOffset At, JobStatus Status, FailureKind? Failure) : JobEvent(Sequence, At);
}
