using System.Collections.Immutable;

using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Money;

namespace MPilot.Jobs.Domain.Attempts;

/// <summary>One call to one provider for one job, covering a set of slots.</summary>
public sealed record Attempt
{
    /// <summary>From 1, over the whole chain; never used twice in a job.</summary>
    public required int Number { get; init; }

    /// <summary>Index into the job's chain.</summary>
    public required int Step { get; init; }

    /// <summary>The slots it is to fill.</summary>
    public required ImmutableArray<int> Slots { get; init; }

    public AttemptStatus Status { get; init; } = AttemptStatus.Intended;

    /// <summary>Not to be sent before this moment.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Whether it repeats a call that may have been bought.</summary>
    public bool PossibleDoublePurchase { get; init; }

    /// <summary>The gate's lease under which it was sent.</summary>
    public string? Lease { get; init; }

    /// <summary>The name (never the secret) of the provider key used.</summary>
    public string? Key { get; init; }

    /// <summary>The node that makes the call.</summary>
    public string? Node { get; init; }

    /// <summary>That node's epoch: the attempt is orphaned once this epoch has expired.</summary>
    public long? Epoch { get; init; }

    /// <summary>The provider's id of its job, where it has one.</summary>
    public string? ProviderJobId { get; init; }

    /// <summary>The most it can cost by the prices of the moment it was sent; <c>null</c> where nobody knows.</summary>
    public Cost? Bound { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>For a failed attempt, how.</summary>
    public AttemptFailure? Failure { get; init; }

    public Usage? Usage { get; init; }

    public string? Quality { get; init; }

    public string? Background { get; init; }

    /// <summary>What went over the wire, of an attempt that brought pictures; <c>null</c> where nobody asked to see it.</summary>
    public WireBodies? Wire { get; init; }

    /// <summary>What it cost by the prices of the moment it ended; <c>null</c> where nobody told: unknown if it was sent.</summary>
    public Cost? Cost { get; init; }

    /// <summary>What it cost as far as is known: a call that cannot cost anything cost nothing, however it ended.</summary>
    public Cost Price => Cost ?? (Bound is { Amount: 0, Known: true } free ? free : Cost.Unknown);

    /// <summary>Sent and not known to have ended.</summary>
    public bool IsInFlight => Status is AttemptStatus.Sending or AttemptStatus.Accepted;

    /// <summary>Not ended: intended or in flight.</summary>
    public bool IsOpen => Status is AttemptStatus.Intended || IsInFlight;
}
