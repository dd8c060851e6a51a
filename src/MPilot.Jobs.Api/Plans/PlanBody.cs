using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Edits;
using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Api.Plans;

/// <summary>What each step of an edit's chain would do with it.</summary>
internal sealed record PlanBody(
    [property: JsonPropertyName("object")] string Object,
    [property: JsonPropertyName("possible")] bool Possible,
    [property: JsonPropertyName("steps")] ImmutableArray<PlanStepBody> Steps,
    [property: JsonPropertyName("warnings")] ImmutableArray<WarningBody>? Warnings)
{
    /// <param name="edit">The edit.</param>
    /// <param name="undrawable">Why no pixels can be drawn on this machine, or <c>null</c> when they can.</param>
    public static PlanBody Of(PlannedEdit edit, string? undrawable)
    {
        ImmutableArray<PlanWarning> warnings = [.. edit.Targets.Take(1).Select(t => t.Warning).OfType<PlanWarning>(), .. edit.Wishes.Warnings];
        return new(
            "image.edit.plan",
            edit.Chain.Any(s => !s.IsSkipped),
            [.. edit.Targets.Zip(edit.Chain, (target, step) => PlanStepBody.Of(step.Spec ?? edit.Wishes.Spec, target, step, undrawable))],
            warnings.IsEmpty ? null : [.. warnings.Select(w => WarningBody.Of(w))]);
    }
}
