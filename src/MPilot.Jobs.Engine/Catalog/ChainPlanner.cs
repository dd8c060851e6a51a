using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Engine.Catalog;

/// <summary>Freezes a fallback chain for an edit: what each step would do, and which are skipped.</summary>
public static class ChainPlanner
{
    /// <summary>One step per target, in order.</summary>
    /// <param name="spec">The edit, for targets that have none of their own.</param>
    /// <param name="targets">What the caller's model and fallbacks mean.</param>
    /// <param name="undrawable">Why no pixels can be drawn on this machine, or <c>null</c> when they can.</param>
    public static ImmutableArray<Step> Plan(EditSpec spec, IEnumerable<ChainTarget> targets, string? undrawable)
        => [.. targets.Select(t => Plan(spec, t, undrawable))];

    private static Step Plan(EditSpec spec, ChainTarget target, string? undrawable)
    {
        var (provider, model) = (target.Found.Provider, target.Found.Model);
        var plan = StepPlanner.Plan(provider, model, target.Spec ?? spec, undrawable);
        var refuseHints = spec.Unsupported == UnsupportedPolicy.Refuse;
        return new Step
        {
            Provider = provider.Name,
            Model = model,
            Spec = target.Spec,
            Retries = provider.Options.Retries,
            RetryLost = provider.Options.OnLost == "retry",
            PicturesPerCall = plan.PicturesPerCall,
            Skipped = [.. refuseHints ? plan.Refusals.Concat(plan.Warnings) : plan.Refusals],
            Warnings = refuseHints ? [] : [.. plan.Warnings.Select(w => Warning(w, provider.Name))],
        };
    }

    private static PlanWarning Warning(ParameterPlan row, string provider) => new(row.Parameter, provider, "dropped", row.Message ?? "Not supported.");
}
