using System.Collections.Immutable;

using MPilot.Jobs.Chaos.Plans;

namespace MPilot.Jobs.Chaos.Callers;

/// <summary>What a caller was told about its request.</summary>
/// <param name="Job">The job it was told of; null where it was refused.</param>
/// <param name="Status">The HTTP status, or that of the error in a stream.</param>
/// <param name="Pictures">Of a success the pictures in order: their SHA-256, or the id of the artifact that was linked.</param>
internal sealed record Answer(JobPlan Plan, string? Job, int Status, ImmutableArray<string> Pictures)
{
    /// <summary>It says how the job ended.</summary>
    public bool IsFinal => Job is not null && Status != 202 && IsWhole && !IsForLater;

    /// <summary>Of a refusal what was said.</summary>
    public string? Said { get; init; }

    /// <summary>It says that the job goes on, and that whoever asks again is told how it ends.</summary>
    public bool IsForLater { get; init; }

    /// <summary>The whole answer came; else only that the job exists is known.</summary>
    public bool IsWhole { get; init; } = true;
}
