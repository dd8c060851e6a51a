namespace MPilot.Jobs.Storage;

/// <summary>A newer version of the service has migrated the database; this one does not know its shape and leaves it alone.</summary>
public sealed class NewerDatabaseException : Exception
{
    public NewerDatabaseException()
    {
    }

    public NewerDatabaseException(string message)
        : base(message)
    {
    }

    public NewerDatabaseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
