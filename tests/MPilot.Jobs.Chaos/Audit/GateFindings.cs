namespace MPilot.Jobs.Chaos.Audit;

/// <summary>What the provider saw whose calls at once are limited.</summary>
/// <param name="Limit">By configuration.</param>
/// <param name="Peak">The most calls that ran at once.</param>
/// <param name="Regained">After everything was over, how long it took until as many as the limit ran at once again; <c>null</c>: they did not.</param>
internal sealed record GateFindings(int Limit, int Peak, TimeSpan? Regained);
