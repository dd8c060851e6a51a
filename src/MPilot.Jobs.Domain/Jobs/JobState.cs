using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>A job as stored: everything that decides what is owed. Changed only by <see cref="JobTransitions"/>.</summary>
public sealed record JobState
{
    /// <summary>The version of this shape, raised when old stored states need reading differently.</summary>
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>1 at accept, one more with every change: the store's version check.</summary>
    public required long Version { get; init; }

    public required EditSpec Spec { get; init; }

    public required ImmutableArray<Step> Chain { get; init; }

    public required ImmutableArray<Slot> Slots { get; init; }

    /// <summary>In order of their numbers, from 1.</summary>
    public required ImmutableArray<Attempt> Attempts { get; init; }

    public required JobStatus Status { get; init; }

    public required string ModelRequested { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The moment of the last change.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Whether a caller held its connection open for the answer when the job was accepted.</summary>
    public bool IsAwaited { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The caller's own id of the request, of its <c>X-Client-Request-Id</c>; <c>null</c> where it gave none. Means nothing here.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>The trace of the request that brought it; <c>null</c> where there was none.</summary>
    public JobTrace? Trace { get; init; }

    /// <summary>Which bodies of the serving call the caller wants to see; <c>null</c>: none.</summary>
    public WireWish? Wire { get; init; }

    /// <summary>How long the pictures are kept once the job is final; <c>null</c> for as long as usual.</summary>
    public TimeSpan? ResultLife { get; init; }

    /// <summary>Whom the caller wants told, besides those who listen to all jobs of the tenant; <c>null</c>: nobody.</summary>
    public WebhookWish? Webhook { get; init; }

    /// <summary>How many URLs of the caller its pictures are brought to; <c>null</c>: none. Which ones is no part of it: they are secrets.</summary>
    public int? Buckets { get; init; }

    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableArray<PlanWarning> Warnings { get; init; } = [];

    public bool CancelRequested { get; init; }

    /// <summary>Set when the job failed or was canceled.</summary>
    public JobFailure? Failure { get; init; }

    /// <summary>How many picture events there were: previews and results.</summary>
    public int Chunks { get; init; }

    /// <summary>The sequence number of the newest event; events start at 1 and have no gap.</summary>
    public required long LastEvent { get; init; }

    /// <summary>Reached a terminal status.</summary>
    [JsonIgnore]
    public bool IsFinal => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;

    /// <summary>Failed for a reason that may pass, not for what was asked: the same request may make a new job under the same key.</summary>
    [JsonIgnore]
    public bool MayRunAgain
        => Status == JobStatus.Failed && Failure?.Failure.Kind is not (FailureKind.InvalidInput or FailureKind.Unsupported or FailureKind.Refused);

    /// <summary>
    /// When the job next needs attention if nothing is told to it: the deadline, or the due time of an attempt that was not yet due at the last change;
    /// <c>null</c> when final. (What was due at the change is performed with it, or found by recovery.)
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? DueAt
    {
        get
        {
            if (IsFinal)
            {
                return null;
            }

            var due = Deadline;
            foreach (var attempt in Attempts)
            {
                if (attempt.Status == AttemptStatus.Intended && attempt.DueAt > ChangedAt && attempt.DueAt < due)
                {
                    due = attempt.DueAt;
                }
            }

            return due;
        }
    }

    /// <summary>What all attempts that were sent cost; one that has not ended, or of which nobody told, is unknown.</summary>
    [JsonIgnore]
    public Cost Cost => Attempts.Where(a => a.SentAt is not null).Aggregate(Cost.Nothing, (sum, attempt) => sum + attempt.Price);

    /// <summary>When the pictures go, or <c>null</c> while the job is not final.</summary>
    /// <param name="usual">How long pictures are kept of jobs that say nothing about it.</param>
    public DateTimeOffset? ResultsUntil(TimeSpan usual) => CompletedAt + (ResultLife ?? usual);

    /// <summary>The attempt of that number, or <c>null</c>.</summary>
    public Attempt? FindAttempt(int number) => number >= 1 && number <= Attempts.Length ? Attempts[number - 1] : null;

    /// <summary>The step an attempt was made on.</summary>
    public Step StepOf(Attempt attempt) => Chain[attempt.Step];

    /// <summary>The edit an attempt makes.</summary>
    public EditSpec SpecOf(Attempt attempt) => StepOf(attempt).Spec ?? Spec;
}
