using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>One event on its way to one receiver.</summary>
public sealed record Delivery
{
    /// <summary><c>dlv_</c> + UUIDv7; also its <c>webhook-id</c>, the same for every try.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Whom it concerns if the receiver fails: an endpoint's id, or a tenant and the origin of a URL.</summary>
    public required string Target { get; init; }

    /// <summary>The endpoint; <c>null</c> where a request named a URL.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The URL a request named; <c>null</c> where an endpoint knows it.</summary>
    public string? Url { get; init; }

    /// <summary>The job it tells of; <c>null</c> for what is about webhooks themselves.</summary>
    public string? Job { get; init; }

    /// <summary>The event's number in its job: of one job, a receiver gets them in this order.</summary>
    public long Sequence { get; init; }

    /// <summary>A name of <see cref="WebhookEvents"/>.</summary>
    public required string Event { get; init; }

    public DeliveryFormat Format { get; init; }

    /// <summary>The delivery that was given up, where it tells of one.</summary>
    public string? About { get; init; }

    public DeliveryStatus Status { get; init; }

    /// <summary>How the last try ended; <c>null</c>: there was none.</summary>
    public DeliveryOutcome? Outcome { get; init; }

    /// <summary>When the event became true.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is to be tried, while pending.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Tries that were made, ever.</summary>
    public int Attempts { get; init; }

    /// <summary>Tries that were made since it was made or delivered again by hand.</summary>
    public int Tries { get; init; }
}
