namespace MPilot.Jobs.Engine.Net;

/// <summary>A request was not made: its host is not on the provider's list, or has no address it may have.</summary>
public sealed class HostRefusedException : HttpRequestException
{
    public HostRefusedException()
    {
    }

    public HostRefusedException(string message)
        : base(message)
    {
    }

    public HostRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
