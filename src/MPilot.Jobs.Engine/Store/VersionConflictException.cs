namespace MPilot.Jobs.Engine.Store;

/// <summary>Another writer changed the job first: drop what is cached and read again.</summary>
public sealed class VersionConflictException : Exception
{
    public VersionConflictException()
    {
    }

    public VersionConflictException(string message)
        : base(message)
    {
    }

    public VersionConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
