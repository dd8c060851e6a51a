using MPilot.Jobs.Contracts;
using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Engine;
using MPilot.Jobs.Engine.Events;
using MPilot.Jobs.Engine.Jobs;
using MPilot.Jobs.Engine.Store;

using JobEvent = MPilot.Jobs.Domain.Jobs.JobEvent;

namespace MPilot.Jobs.Notifications.Bus;

/// <summary>Says stored events in the words of the contract.</summary>
public sealed class EventContracts(JobLinks links)
{
    public Contracts.JobEvent Of(OutboxRow row)
        => Special(row.Event) with
        {
            EventId = EventId.Of(row.Job, row.Event.Sequence).ToString(),
            Tenant = row.Tenant,
            JobId = row.Job,
            JobUrl = links.Job(row.Job),
            Sequence = row.Event.Sequence,
            At = row.Event.At,
        };

    private Contracts.JobEvent Special(JobEvent stored) => stored switch
    {
        JobEvent.Accepted => new JobAccepted(),
        JobEvent.AttemptStarted e => new JobAttemptStarted { Attempt = e.Attempt, Provider = e.Provider, Model = e.Model },
        JobEvent.AttemptFinished e => new JobAttemptFinished
        {
            Attempt = e.Attempt,
            Provider = e.Provider,
            Model = e.Model,
            Outcome = SnakeNames.Of(e.Status),
            Failure = NameOf(e.Failure),
            StatusCode = e.StatusCode,
        },
        JobEvent.PicturePreviewed e => new JobPicturePreviewed
        {
            Attempt = e.Attempt,
            ImageIndex = e.Picture.Slot,
            PartialImageIndex = e.Index,
            Picture = LinkTo(e.Picture, e.At),
        },
        JobEvent.PictureCompleted e => new JobPictureCompleted
        {
            Attempt = e.Attempt,
            ImageIndex = e.Picture.Slot,
            Provider = e.Frame.Provider,
            Model = e.Frame.Model,
            Picture = LinkTo(e.Picture, e.At),
        },
        JobEvent.PictureFailed e => new JobPictureFailed { ImageIndex = e.Slot, Failure = SnakeNames.Of(e.Failure) },
        JobEvent.CancelRequested => new JobCancelRequested(),
        JobEvent.Finalized e => new JobFinalized { Status = SnakeNames.Of(e.Status), Failure = NameOf(e.Failure) },
        _ => throw new ArgumentOutOfRangeException(nameof(stored), stored.GetType().Name, "The contract has no word for it."),
    };

    private PictureLink LinkTo(DeliveredPicture picture, DateTimeOffset cameAt) => new()
    {
        Url = links.Streamed(picture, cameAt),
        ExpiresAt = links.StreamedUntil(picture, cameAt),
        ContentType = picture.Artifact.ContentType,
        Length = picture.Artifact.Length,
        Sha256 = picture.Artifact.Sha256,
        Width = picture.Facts.Oriented.Width,
        Height = picture.Facts.Oriented.Height,
    };

    private static string? NameOf(FailureKind? failure) => failure is { } kind ? SnakeNames.Of(kind) : null;
}
