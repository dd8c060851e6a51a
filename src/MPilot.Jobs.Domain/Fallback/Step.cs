using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Domain.Fallback;

/// <summary>One <c>provider/model</c> of the chain, with its rules as frozen when the job was accepted.</summary>
public sealed record Step
{
    /// <summary>The configured provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>The model as the provider knows it, without prefix.</summary>
    public required string Model { get; init; }

    /// <summary>The whole edit as this step makes it, where the caller overrode something for it; <c>null</c>: as the job has it. Pictures and count are the job's.</summary>
    public EditSpec? Spec { get; init; }

    /// <summary>How often the step is tried again after a failure worth it. Default: 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How many slots one attempt may cover, at least 1.</summary>
    public int PicturesPerCall { get; init; } = 1;

    /// <summary>Whether a lost attempt is made once more (a possible double purchase) or fails its slots. Default: true.</summary>
    public bool RetryLost { get; init; } = true;

    /// <summary>Whether an edit that the provider refuses for safety goes on to the next step; else its slots end. Default: false.</summary>
    public bool FallBackOnRefusal { get; init; }

    /// <summary>Why the step is not tried, one row per refused parameter; empty for a step that is.</summary>
    public ImmutableArray<ParameterPlan> Skipped { get; init; } = [];

    /// <summary>What this step leaves out of the edit.</summary>
    public ImmutableArray<PlanWarning> Warnings { get; init; } = [];

    public bool IsSkipped => Skipped.Length > 0;

    public override string ToString() => $"{Provider}/{Model}";
}
