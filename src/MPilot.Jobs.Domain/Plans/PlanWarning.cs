namespace MPilot.Jobs.Domain.Plans;

/// <summary>One thing that was not done as asked, told to the caller in <c>extra_fields.warnings</c>.</summary>
/// <param name="Parameter">The request field.</param>
/// <param name="Provider">The provider that could not honour it; <c>null</c> for the service itself.</param>
/// <param name="Action">What was done, such as <c>dropped</c> or <c>replaced</c>.</param>
/// <param name="Message">For the caller.</param>
public sealed record PlanWarning(string Parameter, string? Provider, string Action, string Message);
