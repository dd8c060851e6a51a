using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Money;

namespace MPilot.Jobs.Engine.Ledger;

/// <summary>One call that was sent: something may have been bought.</summary>
public sealed record Purchase
{
    public required string Job { get; init; }

    /// <summary>The attempt's number in its job.</summary>
    public required int Attempt { get; init; }

    public required string Tenant { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>The name of the provider key; never its secret.</summary>
    public required string? Key { get; init; }

    /// <summary>How many pictures were asked for.</summary>
    public required int Pictures { get; init; }

    public required AttemptStatus Status { get; init; }

    public required FailureKind? Failure { get; init; }

    /// <summary>Whether it repeats a call that may have been bought.</summary>
    public required bool PossibleDouble { get; init; }

    /// <summary>The provider's id of its job, where it has one.</summary>
    public required string? ProviderJobId { get; init; }

    /// <summary>The most it can cost by the prices of the moment it was sent; <c>null</c> where nobody knew.</summary>
    public required decimal? Bound { get; init; }

    /// <summary>What it cost, as far as is known.</summary>
    public required Cost Cost { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }
}
