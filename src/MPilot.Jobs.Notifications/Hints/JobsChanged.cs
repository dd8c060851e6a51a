namespace MPilot.Jobs.Notifications.Hints;

/// <summary>What a node tells the others of its service: these jobs have changed, or none. Not part of the contract with other programs.</summary>
/// <param name="Node">Who tells.</param>
/// <param name="Jobs">Their ids, and the topics of their tenants.</param>
public sealed record JobsChanged(string Node, IReadOnlyCollection<string> Jobs);
