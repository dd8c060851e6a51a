namespace MPilot.Jobs.Engine.Store;

/// <summary>The store could not carry out a call: unreachable, locked, full. The call may be made again.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
