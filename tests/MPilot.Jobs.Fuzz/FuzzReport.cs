namespace MPilot.Jobs.Fuzz;

/// <summary>What became of feeding one target.</summary>
internal sealed record FuzzReport(long Executions, IReadOnlyList<Finding> Findings);
