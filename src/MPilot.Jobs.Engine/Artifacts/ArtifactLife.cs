namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>An artifact and how long it will be there.</summary>
/// <param name="Record">Its row.</param>
/// <param name="Until">The latest end of its references; <c>null</c> while one is open-ended.</param>
public sealed record ArtifactLife(ArtifactRecord Record, DateTimeOffset? Until);
