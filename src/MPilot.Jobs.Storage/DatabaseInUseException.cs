namespace MPilot.Jobs.Storage;

/// <summary>The database belongs to another running process that uses it alone.</summary>
public sealed class DatabaseInUseException : Exception
{
    public DatabaseInUseException()
    {
    }

    public DatabaseInUseException(string message)
        : base(message)
    {
    }

    public DatabaseInUseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
