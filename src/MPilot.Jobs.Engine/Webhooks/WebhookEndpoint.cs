using System.Collections.Immutable;

using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Webhooks;

/// <summary>A URL that a tenant registered to hear of its jobs. Its secret is kept apart.</summary>
public sealed record WebhookEndpoint
{
    /// <summary><c>whe_</c> + UUIDv7.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Unique in its tenant; what a request names it by.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute, as registered.</summary>
    public required string Url { get; init; }

    /// <summary>Names of <see cref="Domain.Webhooks.WebhookEvents"/> it wants.</summary>
    public required ImmutableArray<string> Events { get; init; }

    /// <summary>Whether it hears only of jobs whose request names it.</summary>
    public bool NamedOnly { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when nothing is brought to it; <c>null</c>: it is enabled.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Whether the receiver itself said that it wants nothing any more.</summary>
    public bool DisabledAsGone { get; init; }

    /// <summary>Whether it subscribed to an event.</summary>
    public bool Wants(string name) => Events.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether it hears of an event of a job.</summary>
    public bool Hears(string name, JobState job) => Wants(name) && (!NamedOnly || job.Webhook?.Endpoint == Id);
}
