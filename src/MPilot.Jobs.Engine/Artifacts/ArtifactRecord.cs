using MPilot.Jobs.Domain.Edits;

namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>An artifact's row.</summary>
public sealed record ArtifactRecord(string Tenant, ArtifactRef Artifact, DateTimeOffset CreatedAt);
