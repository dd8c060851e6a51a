namespace MPilot.Jobs.Engine.Store;

/// <summary>The gate that granted a call has been opened anew elsewhere: the grant is void, the new gate has to be asked.</summary>
public sealed class GateMovedException : Exception
{
    public GateMovedException()
    {
    }

    public GateMovedException(string message)
        : base(message)
    {
    }

    public GateMovedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
