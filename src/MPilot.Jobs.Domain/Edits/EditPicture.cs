namespace MPilot.Jobs.Domain.Edits;

/// <summary>A picture of an edit: where its bytes are and what its header says.</summary>
public sealed record EditPicture(ArtifactRef Artifact, PictureFacts Facts);
