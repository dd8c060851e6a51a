namespace MPilot.Jobs.Domain.Edits;

/// <summary>What an artifact is to its job. Sources and masks are never served by link.</summary>
public enum ArtifactRole
{
    Source,
    Mask,
    Result,
    Preview,
}
