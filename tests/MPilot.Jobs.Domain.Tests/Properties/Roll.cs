namespace MPilot.Jobs.Domain.Tests.Properties;

/// <summary>The dice for one fact: what they mean depends on the state they meet (<see cref="Dealer"/>).</summary>
/// <param name="Kind">0..999: what sort of fact.</param>
/// <param name="Pick">Which attempt, or which earlier fact.</param>
/// <param name="Detail">How it goes.</param>
/// <param name="Gap">0..99: how much time goes by before it.</param>
internal readonly record struct Roll(int Kind, int Pick, int Detail, int Gap);
