namespace MPilot.Jobs.Api.Requests;

/// <summary>More bytes came than a request body may have.</summary>
internal sealed class BodyTooLargeException : Exception
{
    public BodyTooLargeException()
    {
    }

    public BodyTooLargeException(string message)
        : base(message)
    {
    }

    public BodyTooLargeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public static BodyTooLargeException Over(long limit) => new($"The request body is larger than {limit} bytes.");
}
