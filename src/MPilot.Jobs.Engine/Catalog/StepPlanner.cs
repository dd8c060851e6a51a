using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Plans;

namespace MPilot.Jobs.Engine.Catalog;

/// <summary>The plan of a step on this machine: what the driver would do, less what cannot be done here.</summary>
public static class StepPlanner
{
    /// <param name="provider">Whose step it is.</param>
    /// <param name="model">Without prefix.</param>
    /// <param name="spec">The edit.</param>
    /// <param name="undrawable">Why no pixels can be drawn on this machine, or <c>null</c> when they can.</param>
    public static EditPlan Plan(ConfiguredProvider provider, string model, EditSpec spec, string? undrawable)
    {
        var plan = provider.Driver.Plan(spec, model);
        if (provider.Driver.Unavailable is { } reason)
        {
            plan = Refuse(plan, EditParameters.Model, $"{provider.Name} cannot work on this machine: {reason}");
        }

        return plan is { IsRefused: false, Rendering: not null } && undrawable is not null
            ? Refuse(plan, EditParameters.Image, $"Pictures would have to be drawn anew, which this machine cannot do: {undrawable}")
            : plan;
    }

    private static EditPlan Refuse(EditPlan plan, string parameter, string why)
        => plan with { Parameters = [.. plan.Parameters.Where(p => p.Parameter != parameter), new(parameter, PlanAction.Refuse, why)] };
}
