using System.Collections.Immutable;

using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Domain.Plans;

/// <summary>What a driver will do with each parameter that an edit carries.</summary>
/// <param name="Parameters">One row per parameter present in the edit.</param>
/// <param name="PicturesPerCall">How many pictures one call may ask for, at least 1; more are fanned out.</param>
public sealed record EditPlan(ImmutableArray<ParameterPlan> Parameters, int PicturesPerCall)
{
    /// <summary>The edit as the driver is to send it, every member as the provider takes it; pictures to be drawn are still the caller's.
    /// <c>null</c>: as the caller asked.</summary>
    public EditSpec? Sent { get; init; }

    /// <summary>What has to be drawn around a call; <c>null</c>: nothing.</summary>
    public EditRendering? Rendering { get; init; }

    /// <summary>Whether the step can be tried at all.</summary>
    public bool IsRefused => Refusals.Any();

    /// <summary>The rows that make the step impossible.</summary>
    public IEnumerable<ParameterPlan> Refusals => Parameters.Where(p => p.Action == PlanAction.Refuse);

    /// <summary>The rows the caller is to be warned about.</summary>
    public IEnumerable<ParameterPlan> Warnings => Parameters.Where(p => p.Action == PlanAction.Warn);
}
