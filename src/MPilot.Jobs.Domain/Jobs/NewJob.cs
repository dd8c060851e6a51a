using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Plans;
using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>All that is fixed when an edit is accepted.</summary>
public sealed record NewJob
{
    /// <summary><c>job_</c> + UUIDv7.</summary>
    public required string Id { get; init; }

    /// <summary>The owner; <c>default</c> where no keys are configured.</summary>
    public required string Tenant { get; init; }

    public required EditSpec Spec { get; init; }

    /// <summary>At least one step that is not skipped.</summary>
    public required ImmutableArray<Step> Chain { get; init; }

    /// <summary>The model of the first step as the caller asked for it, without provider prefix.</summary>
    public required string ModelRequested { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The moment the job must be final by.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Whether a caller holds its connection open for the answer.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>The <c>x-request-id</c> of the request.</summary>
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

    /// <summary>Where the caller wants the pictures brought, a URL for each slot; empty: nowhere. Whoever has one may write there: they are kept apart from the job.</summary>
    public ImmutableArray<string> BucketUrls { get; init; } = [];

    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Warnings that hold whichever step serves.</summary>
    public ImmutableArray<PlanWarning> Warnings { get; init; } = [];
}
