using System.Collections.Immutable;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>What a driver will do with each parameter that an edit carries.</summary>
/// <param name="Parameters">One row per parameter present in the edit.</param>
/// <param name="PicturesPerCall">How many pictures one call may ask for, at least 1; more are fanned out.</param>
public sealed record EditPlan(ImmutableArray<ParameterPlan> Parameters, int PicturesPerCall)
{
    /// <summary>Whether the step can be tried at all.</summary>
    public bool IsRefused => Refusals.Any();

    /// <summary>The rows that make the step impossible.</summary>
    public IEnumerable<ParameterPlan> Refusals => Parameters.Where(p => p.Action == PlanAction.Refuse);

    /// <summary>The rows the caller is to be warned about.</summary>
    public IEnumerable<ParameterPlan> Warnings => Parameters.Where(p => p.Action == PlanAction.Warn);

    /// <summary>Whether a parameter is to be sent to the provider.</summary>
    public bool Honours(string parameter) => Parameters.Any(p => p.Parameter == parameter && p.Action == PlanAction.Honour);
}
