namespace MPilot.Jobs.Chaos.Audit;

/// <summary>What the provider saw whose calls at once are limited.</summary>
/// <param name="Limit">By configuration.</param>
/// <param name="Peak">The most calls that ran at once.</param>
/// <param name="IsRegained">After everything was over, as many as the limit ran at once again.</param>
internal sealed record GateFindings(int Limit, int Peak, bool IsRegained);
