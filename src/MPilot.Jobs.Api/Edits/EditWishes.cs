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

    /// <summary>Further models to try, in order.</summary>
    public required ImmutableArray<FallbackWish> Fallbacks { get; init; }

    /// <summary>Whether a refusal for safety is not the end: the next model is asked. <c>null</c>: as its caller is used to.</summary>
    public bool? FallsBackOnRefusal { get; init; }

    /// <summary>How long the job may take; <c>null</c> for the default.</summary>
    public required TimeSpan? Deadline { get; init; }

    /// <summary>Where the end of the job is told; <c>null</c>: nowhere besides where the tenant always hears of it.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>Where the pictures are brought, by slot; empty: nowhere.</summary>
    public ImmutableArray<string> OutputUrls { get; init; } = [];

    public required ImmutableDictionary<string, string> Metadata { get; init; }

    /// <summary>What was understood but cannot matter.</summary>
    public ImmutableArray<PlanWarning> Warnings { get; init; } = [];

    /// <summary>The edit, as each model is to make it, in the order of the chain; <c>null</c>: as <see cref="Spec"/> says.</summary>
    public IEnumerable<EditSpec?> Overrides => Fallbacks.Select(f => f.Spec).Prepend(null);

    /// <summary>Every edit that may be made.</summary>
    public IEnumerable<EditSpec> Edits => Overrides.OfType<EditSpec>().Prepend(Spec);

    /// <summary>The same wishes with every edit changed alike.</summary>
    public EditWishes Map(Func<EditSpec, EditSpec> change) => this with
    {
        Spec = change(Spec),
        Fallbacks = [.. Fallbacks.Select(f => f with { Spec = f.Spec is null ? null : change(f.Spec) })],
    };
}
