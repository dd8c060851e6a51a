namespace MPilot.Jobs.Engine.Artifacts;

/// <summary>An artifact is not there any more, or is being deleted.</summary>
public sealed class ArtifactGoneException : Exception
{
    public ArtifactGoneException()
    {
    }

    public ArtifactGoneException(string message)
        : base(message)
    {
    }

    public ArtifactGoneException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
