using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;

namespace MPilot.Jobs.Engine.Attempts;

/// <summary>All a runner needs for one call.</summary>
public sealed record AttemptOrder
{
    public required string Tenant { get; init; }

    public required string Job { get; init; }

    public required int Attempt { get; init; }

    public required ImmutableArray<int> Slots { get; init; }

    public required Step Step { get; init; }

    public required EditSpec Spec { get; init; }

    /// <summary>Which bodies of the call are to be kept; <c>null</c>: none.</summary>
    public WireWish? Wire { get; init; }

    /// <summary>The trace the call belongs to; <c>null</c>: none.</summary>
    public JobTrace? Trace { get; init; }

    /// <summary>The name of the provider key the gate chose.</summary>
    public required string Key { get; init; }

    public required string Lease { get; init; }

    /// <summary>The epoch of the gate that granted the lease, where gates move; else 0.</summary>
    public long GateEpoch { get; init; }

    /// <summary>Set for a call that was sent by a node that is gone: it is not sent again, the provider is asked after it.</summary>
    public OrphanedCall? Orphan { get; init; }

    /// <summary>The call must have ended by then.</summary>
    public required DateTimeOffset Deadline { get; init; }
}
