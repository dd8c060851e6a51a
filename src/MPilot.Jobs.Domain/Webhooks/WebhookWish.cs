namespace MPilot.Jobs.Domain.Webhooks;

/// <summary>Whom the caller wants told of a job, besides those who listen to all jobs of its tenant. Frozen at accept.</summary>
public sealed record WebhookWish
{
    /// <summary>An https URL that hears how the job ends, and how its pictures fared on their way to buckets; <c>null</c>: none.</summary>
    public string? Url { get; init; }

    /// <summary>The id of an endpoint of the tenant that hears what it subscribed to; <c>null</c>: none.</summary>
    public string? Endpoint { get; init; }

    /// <summary>How the named endpoint reads the end of the job.</summary>
    public DeliveryFormat Format { get; init; }
}
