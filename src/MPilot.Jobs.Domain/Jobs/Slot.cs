using System.Collections.Immutable;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;

namespace MPilot.Jobs.Domain.Jobs;

/// <summary>The place for one wanted picture: where it stands in the chain, and its picture or its failure.</summary>
public sealed record Slot
{
    /// <summary>From 0: the <c>index</c> of the picture in the answer.</summary>
    public required int Index { get; init; }

    /// <summary>The step of the chain it is at.</summary>
    public required int Step { get; init; }

    /// <summary>Retries used of the current step.</summary>
    public int RetriesUsed { get; init; }

    /// <summary>Whether a lost attempt of the current step has been made again.</summary>
    public bool RetriedLost { get; init; }

    /// <summary>Names of the keys that were at fault for failures of the current step, since it last waited.</summary>
    public ImmutableArray<string> KeysTried { get; init; } = [];

    /// <summary>The attempt that is to fill it, if one is open.</summary>
    public int? OpenAttempt { get; init; }

    /// <summary>How many previews came for it so far, over all attempts.</summary>
    public int Previews { get; init; }

    /// <summary>Its picture, once it has one.</summary>
    public DeliveredPicture? Picture { get; init; }

    /// <summary>The attempt that brought the picture.</summary>
    public int? FilledBy { get; init; }

    /// <summary>Why it will stay empty, once that is decided.</summary>
    public AttemptFailure? Failure { get; init; }

    /// <summary>Filled or given up.</summary>
    public bool IsClosed => Picture is not null || Failure is not null;
}
