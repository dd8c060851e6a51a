namespace MPilot.Jobs.Domain.Plans;

/// <summary>The plan for one parameter.</summary>
/// <param name="Parameter">The request field's name, such as <c>input_fidelity</c>.</param>
/// <param name="Action">What the step does with it.</param>
/// <param name="Message">For the caller, where the action is not <see cref="PlanAction.Honour"/>: why, and what happens instead.</param>
public sealed record ParameterPlan(string Parameter, PlanAction Action, string? Message = null);
