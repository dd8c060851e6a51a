using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Domain.Webhooks;

/// <summary>The events that webhooks tell of, by the names receivers read. Contracts: add, never rename.</summary>
public static class WebhookEvents
{
    public const string Succeeded = "job.succeeded";
    public const string Failed = "job.failed";
    public const string Canceled = "job.canceled";

    /// <summary>All pictures of a job are in the buckets of its caller.</summary>
    public const string OutputDelivered = "job.output_delivered";

    /// <summary>All pictures of a job were brought to the buckets of its caller, or given up, and at least one was given up.</summary>
    public const string OutputFailed = "job.output_failed";

    /// <summary>A delivery to another endpoint was given up.</summary>
    public const string Exhausted = "webhook.exhausted";

    /// <summary>Made by hand, to see whether an endpoint hears.</summary>
    public const string Test = "webhook.test";

    private const string Accepted = "job.accepted";
    private const string AttemptStarted = "job.attempt_started";
    private const string AttemptFinished = "job.attempt_finished";
    private const string CancelRequested = "job.cancel_requested";
    private const string PictureCompleted = "image_edit.completed";
    private const string PictureFailed = "image_edit.failed";

    /// <summary>How a job ends: what an endpoint hears that says nothing else.</summary>
    public static readonly ImmutableArray<string> Endings = [Succeeded, Failed, Canceled];

    /// <summary>All that can be subscribed to. Previews are none of it: they are gone before they could arrive.</summary>
    public static readonly ImmutableArray<string> All =
        [Accepted, AttemptStarted, AttemptFinished, PictureCompleted, PictureFailed, CancelRequested, .. Endings, OutputDelivered, OutputFailed, Exhausted];

    /// <summary>Those of them that are about jobs themselves, not about their pictures nor about webhooks.</summary>
    public static readonly ImmutableArray<string> OfJobs = [Accepted, AttemptStarted, AttemptFinished, CancelRequested, .. Endings];

    /// <summary>The name of a job's event; <c>null</c> where webhooks do not tell of it.</summary>
    public static string? Of(JobEvent fact) => fact switch
    {
        JobEvent.Accepted => Accepted,
        JobEvent.AttemptStarted => AttemptStarted,
        JobEvent.AttemptFinished => AttemptFinished,
        JobEvent.PictureCompleted => PictureCompleted,
        JobEvent.PictureFailed => PictureFailed,
        JobEvent.CancelRequested => CancelRequested,
        JobEvent.Finalized finalized => OfEnd(finalized.Status),
        _ => null,
    };

    /// <summary>Whether an event is how a job ends.</summary>
    public static bool IsEnd(string name) => Endings.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether a URL that a request named hears of it.</summary>
    public static bool IsForUrls(string name) => IsEnd(name) || name is OutputDelivered or OutputFailed;

    private static string OfEnd(JobStatus status) => status switch
    {
        JobStatus.Succeeded => Succeeded,
        JobStatus.Canceled => Canceled,
        _ => Failed,
    };
}
