using System.Collections.Immutable;
using System.Text.Json.Serialization;

using MPilot.Jobs.Api.Jobs;
using MPilot.Jobs.Domain.Edits;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Money;
using MPilot.Jobs.Engine.Catalog;

namespace MPilot.Jobs.Api.Plans;

/// <summary>What one step would do.</summary>
/// <param name="Provider">Who would serve.</param>
/// <param name="Model">With which model.</param>
/// <param name="Usable">Whether the step would be tried.</param>
/// <param name="Calls">How many calls it would make if none has to be made again.</param>
/// <param name="Parameters">What becomes of each parameter of the request.</param>
/// <param name="CostBound">The most these calls can cost; absent where nobody knows.</param>
internal sealed record PlanStepBody(
    [property: JsonPropertyName("provider")] string Provider,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("usable")] bool Usable,
    [property: JsonPropertyName("calls")] int Calls,
    [property: JsonPropertyName("parameters")] ImmutableArray<PlanParameterBody> Parameters,
    [property: JsonPropertyName("cost_bound")] CostBody? CostBound)
{
    public static PlanStepBody Of(EditSpec spec, ModelResolution.Found target, Step step, string? undrawable)
    {
        var provider = target.Provider;
        var plan = StepPlanner.Plan(provider, target.Model, spec, undrawable);
        var sent = plan.Sent ?? spec;
        var bound = step.IsSkipped ? null : PriceBound.Of(provider.Prices.Find(target.Model), sent, plan.PicturesPerCall, provider.Options.Timeout);
        return new(
            provider.Name, target.Model, !step.IsSkipped, (spec.Count + plan.PicturesPerCall - 1) / plan.PicturesPerCall,
            [.. plan.Parameters.Select(PlanParameterBody.Of)], bound is null ? null : CostBody.Of(bound));
    }
}
