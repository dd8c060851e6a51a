using MPilot.Jobs.Domain.Buckets;
using MPilot.Jobs.Domain.Webhooks;

namespace MPilot.Jobs.Engine.Buckets;

/// <summary>One picture of a job on its way to a URL of the caller, which takes it by PUT.</summary>
public sealed record BucketPut
{
    /// <summary>The job and the slot.</summary>
    public string Id => IdOf(Job, Slot);

    public required string Tenant { get; init; }

    public required string Job { get; init; }

    /// <summary>Whose picture it is.</summary>
    public required int Slot { get; init; }

    /// <summary>Whom it concerns if the receiver fails: the tenant and the URL's origin.</summary>
    public required string Target { get; init; }

    /// <summary>Where to. Whoever has it may write there: it is told to nobody, and forgotten as soon as it has served.</summary>
    public string? Url { get; init; }

    public BucketPutStatus Status { get; init; }

    /// <summary>How the last try ended; <c>null</c>: there was none.</summary>
    public DeliveryOutcome? Outcome { get; init; }

    /// <summary>When it is to be tried, while pending.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the picture goes, once that is known.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Tries that were made.</summary>
    public int Attempts { get; init; }

    public static string IdOf(string job, int slot) => FormattableString.Invariant($"{job}/{slot}");

    /// <summary>Without the URL.</summary>
    public override string ToString() => $"{Id} {Status}";
}
