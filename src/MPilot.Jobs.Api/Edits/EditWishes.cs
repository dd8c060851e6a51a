using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Api.Edits;

/// <summary>What a request asks for. Whole only if its validation found no mistakes.</summary>
internal sealed record EditWishes
{
    public required EditSpec Spec { get; init; }

    /// <summary>The model as asked, or <c>null</c> where it is missing.</summary>
    public required string? Model { get; init; }

    /// <summary>Further models to try, in order, as <c>provider/model</c>.</summary>
    public required ImmutableArray<string> Fallbacks { get; init; }

    /// <summary>How long the job may take; <c>null</c> for the default.</summary>
    public required TimeSpan? Deadline { get; init; }

    public required ImmutableDictionary<string, string> Metadata { get; init; }

    /// <summary>What was understood but cannot matter.</summary>
    public ImmutableArray<PlanWarning> Warnings { get; init; } = [];
}
